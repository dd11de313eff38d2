package dev.acktask.operator.network;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where requests go.
 *
 * @param host a name, perhaps with a dot at its end, an IPv4 address, or an IPv6 one in brackets
 * @param port 1 to 65535
 * @param isTls whether the connection is encrypted and the server's name verified
 */
public record Origin(String host, int port, boolean isTls) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

  /**
   * The origin of {@code base}.
   *
   * @throws IllegalArgumentException when its scheme is neither http nor https
   */
  public static Origin of(URI base) {
    boolean isTls =
        switch (base.getScheme()) {
          case "http" -> false;
          case "https" -> true;
          default -> throw new IllegalArgumentException("not http or https");
        };
    int usual = isTls ? HTTPS : HTTP;
    return new Origin(base.getHost(), base.getPort() == -1 ? usual : base.getPort(), isTls);
  }

  /**
   * The value of the {@code host} header: the port is there when it is not the usual one. A dot at
   * the end of the name is for the resolver and is not sent: servers compare names without it.
   */
  public String authority() {
    String name = serverName(true);
    return port == (isTls ? HTTPS : HTTP) ? name : name + ":" + port;
  }

  /**
   * The host name without a final dot.
   *
   * @param inBrackets whether an IPv6 address keeps its brackets; certificates have none
   */
  public String serverName(boolean inBrackets) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return inBrackets || !name.startsWith("[") ? name : name.substring(1, name.length() - 1);
  }

  /** True when the host is written as an IP address. */
  boolean isAddress() {
    return host.startsWith("[") || DIGITS_AND_DOTS.matcher(host).matches();
  }
}
