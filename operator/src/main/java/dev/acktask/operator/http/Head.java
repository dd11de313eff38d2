package dev.acktask.operator.http;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Status line and header fields of a final answer.
 *
 * @param isHttp11 false for HTTP/1.0
 * @param status 200 to 599
 */
record Head(boolean isHttp11, int status, Headers headers) {
  /** Of a head as a whole; no well-behaved server sends more. */
  private static final int MAX_BYTES = 32 * 1024;

  /** Of a head, and of the trailer behind a body in chunks. */
  private static final int MAX_FIELDS = 100;

  /** Answers like 102 that may come before the final one. */
  private static final int MAX_INTERIM = 32;

  private static final int STATUS_END = "HTTP/1.1 200".length();
  private static final String TOKEN = "!#$%&'*+-.^_`|~";

  /**
   * Reads the head of the final answer; a head that violates RFC 9112 is rejected.
   *
   * @throws ProtocolException if the head violates RFC 9112
   */
  static Head read(Incoming incoming) throws IOException {
    for (int answers = 0; answers <= MAX_INTERIM; answers++) {
      Head head = readOne(incoming);
      if (head.status >= 200) {
        return head;
      }
      if (head.status == 101) {
        throw new ProtocolException("nobody asked for another protocol");
      }
    }
    throw new ProtocolException("no end of interim answers");
  }

  private static Head readOne(Incoming incoming) throws IOException {
    String line = incoming.line(MAX_BYTES);
    boolean isHttp11 = line.startsWith("HTTP/1.1 ");
    if (!(isHttp11 || line.startsWith("HTTP/1.0 ")) || !isStatus(line)) {
      throw new ProtocolException("no status line");
    }
    int status = Integer.parseInt(line, STATUS_END - 3, STATUS_END, 10);
    return new Head(isHttp11, status, fields(incoming, MAX_BYTES - line.length()));
  }

  private static boolean isStatus(String line) {
    return line.length() >= STATUS_END
        && line.charAt(STATUS_END - 3) >= '1'
        && line.charAt(STATUS_END - 3) <= '5'
        && Character.isDigit(line.charAt(STATUS_END - 2))
        && Character.isDigit(line.charAt(STATUS_END - 1))
        && (line.length() == STATUS_END || line.charAt(STATUS_END) == ' ');
  }

  /** Header or trailer fields up to the empty line after them. */
  static Headers fields(Incoming incoming, int maxBytes) throws IOException {
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    int left = maxBytes;
    while (true) {
      String line = incoming.line(left);
      if (line.isEmpty()) {
        return new Headers(fields);
      }
      left -= line.length() + 2;
      if (left < 0 || fields.size() == MAX_FIELDS) {
        throw new ProtocolException("the head is too long");
      }
      fields.add(field(line));
    }
  }

  private static Map.Entry<String, String> field(String line) throws ProtocolException {
    int colon = line.indexOf(':');
    if (colon <= 0 || !isToken(line, colon) || !isText(line, colon + 1)) {
      throw new ProtocolException("not a header field");
    }
    return Map.entry(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  private static boolean isToken(String line, int end) {
    for (int i = 0; i < end; i++) {
      char c = line.charAt(i);
      boolean isAlphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!isAlphanumeric && TOKEN.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(String line, int begin) {
    for (int i = begin; i < line.length(); i++) {
      char c = line.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
