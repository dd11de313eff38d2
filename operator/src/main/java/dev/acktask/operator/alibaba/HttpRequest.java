package dev.acktask.operator.alibaba;

import dev.acktask.operator.network.Origin;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A request to the cloud; validated on creation, so that it is exactly one request.
 *
 * @param origin where it goes
 * @param target path and query, percent-encoded
 * @param headers all but {@code host} and those of the body
 * @param form body of a POST, before encoding; empty for a GET. Values in the body are not in the
 *     URL, which servers log
 */
public record HttpRequest(
    Origin origin, String target, Map<String, String> headers, Map<String, String> form) {
  /** Media type of a form, as it is sent and signed. */
  public static final String FORM_TYPE = "application/x-www-form-urlencoded";

  private static final Map<String, String> PLAIN =
      Map.of("accept", "application/json", "user-agent", "acktask-operator");

  /**
   * Rejects characters that could end a line of the request.
   *
   * @throws IllegalArgumentException when target or headers have something else than printable
   *     ASCII
   */
  public HttpRequest {
    headers = Map.copyOf(headers);
    form = Map.copyOf(form);
    requirePlain(target);
    headers.forEach(
        (name, value) -> {
          requirePlain(name);
          requirePlain(value);
        });
  }

  /** A request without a body. */
  public static HttpRequest get(Origin origin, String target, Map<String, String> headers) {
    return new HttpRequest(origin, target, headers, Map.of());
  }

  /** A POST of {@code form}, not signed. */
  public static HttpRequest post(Origin origin, String target, Map<String, String> form) {
    return post(origin, target, PLAIN, form);
  }

  /** A POST of {@code form}, which is not empty. */
  public static HttpRequest post(
      Origin origin, String target, Map<String, String> headers, Map<String, String> form) {
    return new HttpRequest(origin, target, headers, form);
  }

  /**
   * False for a POST: its answer is a credential and names nothing of the request, so another
   * answer on the same connection could not be recognised. The answer to a GET names its task, or
   * is a list, which decides no verdict.
   */
  boolean sharesConnections() {
    return form.isEmpty();
  }

  /** The body as it is sent. */
  byte[] body() {
    return encoded(form).getBytes(StandardCharsets.US_ASCII);
  }

  /** The body in which {@code form} is sent, ASCII only. A signature covers its hash. */
  public static String encoded(Map<String, String> form) {
    return new TreeMap<>(form)
        .entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void requirePlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        throw new IllegalArgumentException("a request has printable ASCII only");
      }
    }
  }

  /** Omits the values, which may be secrets. */
  @Override
  public String toString() {
    return "HttpRequest[" + origin.authority() + "]";
  }
}
