package dev.acktask.operator.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A request without a body.
 *
 * @param target path and query, percent-encoded
 * @param headers all but {@code host}
 */
public record Get(Origin origin, String target, Map<String, String> headers) implements Request {
  /**
   * Rejects characters that could end a line of the request.
   *
   * @throws IllegalArgumentException when something has a control character or is not ASCII
   */
  public Get {
    headers = Map.copyOf(headers);
    requirePlain(target);
    headers.forEach(
        (name, value) -> {
          requirePlain(name);
          requirePlain(value);
        });
  }

  static void requirePlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        throw new IllegalArgumentException("a request has printable ASCII only");
      }
    }
  }

  @Override
  public byte[] bytes() {
    StringBuilder text = new StringBuilder(512);
    text.append("GET ").append(target).append(" HTTP/1.1\r\n");
    text.append("host: ").append(origin.authority()).append("\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
