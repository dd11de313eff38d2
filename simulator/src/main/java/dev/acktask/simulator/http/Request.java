package dev.acktask.simulator.http;

import dev.acktask.simulator.response.Header;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One HTTP request.
 *
 * @param target the request target as sent: percent-encoded, with its query
 * @param version {@code HTTP/1.1} or {@code HTTP/1.0}
 * @param bodySha256 lower-case hex digest of the body
 * @param form the body of a form, as sent; other bodies are not kept
 */
public record Request(
    String method,
    String target,
    String version,
    List<Header> headers,
    String bodySha256,
    String form) {
  static final String FORM_TYPE = "application/x-www-form-urlencoded";

  public Request {
    headers = List.copyOf(headers);
  }

  /** The percent-encoded path, as a signer signs it. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The decoded query; of a repeated name the last value counts. */
  public Map<String, String> query() {
    int start = target.indexOf('?');
    return pairs(start < 0 ? "" : target.substring(start + 1));
  }

  /** Query and form together; the form counts where both have a name. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>(query());
    // Unlike in a query, a plus sign in a form is a space.
    parameters.putAll(pairs(form.replace("+", "%20")));
    return parameters;
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        pairs.put(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            decode(equals < 0 ? "" : pair.substring(equals + 1)));
      }
    }
    return pairs;
  }

  public Optional<String> header(String name) {
    return Header.first(headers, name);
  }

  /** The first line, without the line end. */
  public String line() {
    return method + " " + target + " " + version;
  }

  /** Percent-decodes one part of a target; what cannot be decoded is kept as it is. */
  public static String decode(String encoded) {
    try {
      // A plus sign is a plus sign: this is RFC 3986, not a form.
      return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }

  boolean asksToClose() {
    return version.equals("HTTP/1.0")
        || header("connection").filter("close"::equalsIgnoreCase).isPresent();
  }
}
