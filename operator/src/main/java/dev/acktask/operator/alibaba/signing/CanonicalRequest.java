package dev.acktask.operator.alibaba.signing;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The canonical form of a request, which the signature covers.
 *
 * @param method upper case
 * @param path percent-encoded, as sent
 * @param query names and values before encoding
 * @param headers lower-case names; only {@code host}, {@code content-type} and {@code x-acs-*} are
 *     signed, and kept
 * @param bodyHash hex SHA-256 of the body
 * @see <a
 *     href="https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature">Request
 *     structure and signature, V3</a>
 */
public record CanonicalRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    String bodyHash) {

  /** Hex SHA-256 of an empty body. */
  public static final String EMPTY_BODY_HASH =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  public CanonicalRequest {
    headers = signed(headers);
  }

  String text() {
    StringBuilder text = new StringBuilder(512);
    text.append(method).append('\n');
    text.append(path.isEmpty() ? "/" : path).append('\n');
    text.append(PercentEncoding.query(query)).append('\n');
    headers.forEach((name, value) -> text.append(name + ":" + value.trim() + "\n"));
    return text.append("\n" + signedHeaders() + "\n" + bodyHash).toString();
  }

  /** The names of the signed headers, sorted, as the {@code Authorization} header lists them. */
  String signedHeaders() {
    return String.join(";", headers.keySet());
  }

  private static SortedMap<String, String> signed(Map<String, String> headers) {
    SortedMap<String, String> signed = new TreeMap<>();
    headers.forEach(
        (name, value) -> {
          if (name.equals("host") || name.equals("content-type") || name.startsWith("x-acs-")) {
            signed.put(name, value);
          }
        });
    return signed;
  }
}
