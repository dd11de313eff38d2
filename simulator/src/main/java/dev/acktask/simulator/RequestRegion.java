package dev.acktask.simulator;

import dev.acktask.simulator.http.Request;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The region of a request, by its Host header: {@code cs.<region>.<anything>}, with the prefixes of
 * VPC endpoints and STS as well, and with or without a port.
 */
final class RequestRegion {
  /** Each region of the cloud has a dash in its id; {@code aliyuncs} has none. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?:cs|cs-vpc|cs-anony-vpc|sts|sts-vpc)\\.([a-z0-9]+(?:-[a-z0-9]+)+)\\.[^.].*");

  private RequestRegion() {}

  /** Empty for a host without a region, such as an address or {@code cs.aliyuncs.com}. */
  static Optional<String> of(Request request) {
    Matcher host = HOST.matcher(request.header("host").orElse("").toLowerCase(Locale.ROOT));
    return host.matches() ? Optional.of(host.group(1)) : Optional.empty();
  }
}
