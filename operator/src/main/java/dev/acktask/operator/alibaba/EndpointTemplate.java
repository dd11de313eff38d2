package dev.acktask.operator.alibaba;

import dev.acktask.operator.task.RegionId;
import dev.acktask.operator.text.BoundedText;
import dev.acktask.operator.text.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The administrator's template of the endpoint URL, for example {@code
 * https://cs.{region}.aliyuncs.com}. A resource contributes only a region id, and only where the
 * template has {@code {region}}: no resource can direct a signed request to another host.
 */
public final class EndpointTemplate {
  private static final String REGION = "{region}";
  private static final RegionId SAMPLE_REGION = new RegionId("cn-hangzhou");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]*)}?");

  /**
   * Allows scheme, host and optionally a port. The host may be an IPv6 address in brackets, or a
   * name with a final dot, which disables DNS search domains.
   */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(https?)://(?:\\[[0-9a-f:.]+]|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
              + "(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\\.?)(:[1-9][0-9]{0,4})?");

  private final String template;
  private final AddressPolicy addresses;
  private final boolean plaintextAllowed;

  private EndpointTemplate(String template, AddressPolicy addresses, boolean plaintextAllowed) {
    this.template = template;
    this.addresses = addresses;
    this.plaintextAllowed = plaintextAllowed;
  }

  /**
   * Parses and validates {@code template}. A problem lacks only its subject, the name of the
   * setting.
   *
   * @param addresses the range that its hosts may resolve to
   * @param allowPlaintext also allows {@code http} and disables the address check: for tests and
   *     the demo, where the cloud is simulated on the same machine
   */
  public static Parsed<EndpointTemplate> parse(
      String template, AddressPolicy addresses, boolean allowPlaintext) {
    List<String> problems = new ArrayList<>();
    PLACEHOLDER
        .matcher(template)
        .results()
        .map(MatchResult::group)
        .filter(placeholder -> !placeholder.equals(REGION))
        .map(other -> "holds " + BoundedText.quoted(other) + "; the only placeholder is {region}.")
        .forEach(problems::add);
    if (template.startsWith("http://") && !allowPlaintext) {
      problems.add("is not https; credentials are never sent in the clear.");
    } else if (!template.startsWith("https://") && !template.startsWith("http://")) {
      problems.add("is " + BoundedText.quoted(template) + ", which is not an https URL.");
    }
    EndpointTemplate parsed =
        new EndpointTemplate(
            template, allowPlaintext ? AddressPolicy.ANY : addresses, allowPlaintext);
    if (problems.isEmpty() && parsed.endpoint(SAMPLE_REGION).isEmpty()) {
      String scheme = allowPlaintext ? "http(s)" : "https";
      problems.add(
          ("is %s; an endpoint is %s://host or %s://host:port, with {region} in the host where the"
                  + " region id goes; no user, path, query or fragment, host in lower case.")
              .formatted(BoundedText.quoted(template), scheme, scheme));
    }
    return problems.isEmpty() ? new Parsed.Valid<>(parsed) : new Parsed.Invalid<>(problems);
  }

  /** The endpoint of {@code region}; empty if the resulting URL is invalid. */
  public Optional<Endpoint> endpoint(RegionId region) {
    String text = template.replace(REGION, region.id());
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
