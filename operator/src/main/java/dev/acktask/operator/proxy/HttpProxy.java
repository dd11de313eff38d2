package dev.acktask.operator.proxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy that is reached in plain text; TLS to the destination is tunnelled with CONNECT.
 *
 * @param host name or IP address, an IPv6 address without brackets
 * @param port 1 to 65535
 * @param credentials user and password as they were before percent-encoding; null for none
 */
public record HttpProxy(String host, int port, @Nullable Credentials credentials) {
  private static final int DEFAULT_PORT = 80;
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(.*)");
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_][A-Za-z0-9._-]*)(?::([0-9]{1,5}))?/?");

  /** User and password of a proxy; never part of a message or log line. */
  public record Credentials(String user, String password) {
    @Override
    public String toString() {
      return "***";
    }
  }

  /**
   * Reads {@code host:port} or {@code http://user:password@host:port}; the port is 80 when absent,
   * as in Go's httpproxy.
   *
   * @throws IllegalArgumentException with the end of a sentence that says what is wrong and what to
   *     write; it quotes nothing of the value, which may hold a password
   */
  static HttpProxy parse(String url) {
    String rest = url;
    Matcher scheme = SCHEME.matcher(url);
    if (scheme.matches()) {
      rest = scheme.group(2);
      if (!scheme.group(1).equalsIgnoreCase("http")) {
        throw new IllegalArgumentException(
            "names a proxy with a scheme other than http, which is not supported; write"
                + " http://host:port, the address of an HTTP proxy that allows CONNECT.");
      }
    }
    int at = rest.lastIndexOf('@');
    Matcher address = ADDRESS.matcher(rest.substring(at + 1));
    if (!address.matches()) {
      throw new IllegalArgumentException(
          "is not the address of a proxy; write http://host:port or"
              + " http://user:password@host:port, without a path, with special characters of user"
              + " and password percent-encoded.");
    }
    String host = address.group(1);
    int port = address.group(2) == null ? DEFAULT_PORT : Integer.parseInt(address.group(2));
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("has a port that is not between 1 and 65535.");
    }
    return new HttpProxy(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        port,
        at < 0 ? null : credentials(rest.substring(0, at)));
  }

  private static Credentials credentials(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon));
    if (user.contains(":")) {
      throw new IllegalArgumentException("has a user with a colon, which HTTP cannot send.");
    }
    return new Credentials(user, colon < 0 ? "" : decoded(userInfo.substring(colon + 1)));
  }

  private static String decoded(String text) {
    try {
      // URLDecoder is made for forms, where a plus stands for a space.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      throw new IllegalArgumentException(
          "has a percent sign in its user or password that starts no %XX; write %25 for it.");
    }
  }

  /** The value of {@code Proxy-Authorization} (RFC 7617), or empty without credentials. */
  public Optional<String> authorization() {
    return Optional.ofNullable(credentials)
        .map(
            known ->
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            (known.user() + ":" + known.password())
                                .getBytes(StandardCharsets.UTF_8)));
  }

  /** Without credentials, for logs: {@code http://***@host:port}. */
  @Override
  public String toString() {
    String bracketed = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + (credentials == null ? "" : "***@") + bracketed + ":" + port;
  }
}
