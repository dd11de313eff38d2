package dev.acktask.operator.http;

import java.net.URI;

/**
 * Where requests go.
 *
 * @param port 1 to 65535
 * @param isTls whether the connection is encrypted and the server's name verified
 */
public record Origin(String host, int port, boolean isTls) {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

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

  /** The value of the {@code host} header: the port is there when it is not the usual one. */
  public String authority() {
    return port == (isTls ? HTTPS : HTTP) ? host : host + ":" + port;
  }
}
