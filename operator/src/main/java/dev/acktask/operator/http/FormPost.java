package dev.acktask.operator.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A POST of form fields. The values are in the body and not in the URL, which servers log.
 *
 * @param target path and query, percent-encoded
 * @param fields of the form, before encoding
 */
public record FormPost(Origin origin, String target, Map<String, String> fields)
    implements Request {
  /**
   * Rejects characters that could end a line of the request.
   *
   * @throws IllegalArgumentException when {@code target} is not printable ASCII
   */
  public FormPost {
    fields = Map.copyOf(fields);
    Get.requirePlain(target);
  }

  @Override
  public byte[] bytes() {
    String body =
        new TreeMap<>(fields)
            .entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    String head =
        "POST "
            + target
            + " HTTP/1.1\r\nhost: "
            + origin.authority()
            + "\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: "
            + body.length()
            + "\r\naccept: application/json\r\nuser-agent: acktask-operator\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Omits the values, which may be secrets. */
  @Override
  public String toString() {
    return "FormPost[" + fields.keySet() + "]";
  }
}
