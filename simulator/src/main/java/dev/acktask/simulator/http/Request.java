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
 * @param bodySha256 lower-case hex digest of the body, which is not kept
 */
public record Request(
    String method, String target, String version, List<Header> headers, String bodySha256) {
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
    Map<String, String> query = new LinkedHashMap<>();
    if (start < 0) {
      return query;
    }
    for (String pair : target.substring(start + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        query.put(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            decode(equals < 0 ? "" : pair.substring(equals + 1)));
      }
    }
    return query;
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
