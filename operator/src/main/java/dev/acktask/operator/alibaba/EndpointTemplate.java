package dev.acktask.operator.alibaba;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The administrator's template of the endpoint URL, for example {@code
 * https://cs.{region}.aliyuncs.com}. A resource contributes only a region id, and only where the
 * template has {@code {region}}: no resource can direct a signed request to another host.
 */
public final class EndpointTemplate {
  private static final String REGION = "{region}";
  private static final String SAMPLE_REGION = "cn-hangzhou";
  private static final Pattern REGION_ID = Pattern.compile("[a-z0-9-]{2,64}");

  /**
   * Allows scheme, host and optionally a port. The host may be an IPv6 address in brackets, or a
   * name with a final dot, which disables DNS search domains.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(https?)://(?:\\[[0-9a-f:.]+]|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
              + "(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\\.?)(:[1-9][0-9]{0,4})?");

  private final String template;
  private final AddressRange addresses;
  private final boolean plaintextAllowed;

  private EndpointTemplate(String template, AddressRange addresses, boolean plaintextAllowed) {
    this.template = template;
    this.addresses = addresses;
    this.plaintextAllowed = plaintextAllowed;
  }

  /**
   * Parses and validates {@code template}.
   *
   * @param addresses the range that its hosts may resolve to
   * @param allowPlaintext also allows {@code http} and disables the address check: for tests and
   *     the demo, where the cloud is simulated on the same machine
   * @throws IllegalArgumentException with a message for the administrator
   */
  public static EndpointTemplate parse(
      String template, AddressRange addresses, boolean allowPlaintext) {
    EndpointTemplate parsed =
        new EndpointTemplate(
            template, allowPlaintext ? AddressRange.ANY : addresses, allowPlaintext);
    if (parsed.endpoint(SAMPLE_REGION).isEmpty()) {
      String scheme = allowPlaintext ? "http(s)" : "https";
      throw new IllegalArgumentException(
          ("an endpoint is %s://host or %s://host:port, with {region} in the host where the region"
                  + " id goes; no user, path, query or fragment, host in lower case")
              .formatted(scheme, scheme));
    }
    return parsed;
  }

  /** The endpoint of {@code regionId}; empty if the region id or the resulting URL is invalid. */
  public Optional<Endpoint> endpoint(String regionId) {
    if (!REGION_ID.matcher(regionId).matches()) {
      return Optional.empty();
    }
    String text = template.replace(REGION, regionId);
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches() || (address.group(1).equals("http") && !plaintextAllowed)) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(text);
      return uri.getHost() != null && uri.getPort() <= 65_535
          ? Optional.of(new Endpoint(uri, addresses))
          : Optional.empty();
    } catch (URISyntaxException notAnAddress) { // [::1::2]
      return Optional.empty();
    }
  }
}
