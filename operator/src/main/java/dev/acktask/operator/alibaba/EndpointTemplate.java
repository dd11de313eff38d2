package dev.acktask.operator.alibaba;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The administrator's rule for the cloud's address, for example {@code
 * https://cs.{region}.aliyuncs.com}. A resource names a region and nothing else, and only where the
 * template says so: whatever it names, no signed request leaves for another host.
 */
public final class EndpointTemplate {
  private static final String REGION = "{region}";
  private static final String SAMPLE_REGION = "cn-hangzhou";
  private static final Pattern REGION_ID = Pattern.compile("[a-z0-9-]{2,64}");
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  private final String template;
  private final AddressRange addresses;
  private final boolean plaintextAllowed;

  private EndpointTemplate(String template, AddressRange addresses, boolean plaintextAllowed) {
    this.template = template;
    this.addresses = addresses;
    this.plaintextAllowed = plaintextAllowed;
  }

  /**
   * Checks {@code template}.
   *
   * @param addresses what its hosts may stand for
   * @param allowPlaintext also allows {@code http} and switches the address check off: for tests
   *     and the demo, where the cloud is simulated on this machine
   * @throws IllegalArgumentException with a sentence for the administrator
   */
  public static EndpointTemplate parse(
      String template, AddressRange addresses, boolean allowPlaintext) {
    EndpointTemplate parsed =
        new EndpointTemplate(
            template, allowPlaintext ? AddressRange.ANY : addresses, allowPlaintext);
    if (parsed.endpoint(SAMPLE_REGION).isEmpty()) {
      throw new IllegalArgumentException(
          "an endpoint is "
              + (allowPlaintext ? "http(s)" : "https")
              + "://host or "
              + (allowPlaintext ? "http(s)" : "https")
              + "://host:port, with {region} in the host where the region id goes;"
              + " no user, path, query or fragment, host in lower case");
    }
    return parsed;
  }

  /** The endpoint of {@code regionId}, or empty when no request may be made for it. */
  public Optional<Endpoint> endpoint(String regionId) {
    if (!REGION_ID.matcher(regionId).matches()) {
      return Optional.empty();
    }
    String text = template.replace(REGION, regionId);
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
    return isPlainAddress(uri) && isSpelledBack(uri, text)
        ? Optional.of(new Endpoint(uri, addresses))
        : Optional.empty();
  }

  private boolean isPlainAddress(URI uri) {
    String scheme = uri.getScheme();
    boolean isAllowedScheme = "https".equals(scheme) || (plaintextAllowed && "http".equals(scheme));
    return isAllowedScheme && uri.getHost() != null && HOST.matcher(uri.getHost()).matches();
  }

  /** True when scheme, host and port are all there is: whatever else was written is refused. */
  private static boolean isSpelledBack(URI uri, String text) {
    String port = uri.getPort() == -1 ? "" : ":" + uri.getPort();
    boolean isPort = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= 65_535);
    return isPort && text.equals(uri.getScheme() + "://" + uri.getHost() + port);
  }
}
