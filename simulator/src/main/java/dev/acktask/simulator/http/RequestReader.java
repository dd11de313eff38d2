package dev.acktask.simulator.http;

import dev.acktask.simulator.response.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads requests from one connection, with limits on head and body. */
final class RequestReader {
  /** Limit of the request line and all headers together, in bytes. */
  static final int MAX_HEAD_BYTES = 64 * 1024;

  static final int MAX_BODY_BYTES = 1024 * 1024;

  private final InputStream in;

  RequestReader(InputStream in) {
    this.in = in;
  }

  /** The next request, or empty when the client closed the connection between two requests. */
  Optional<Request> read() throws IOException {
    String head = readHead();
    if (head.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = head.lines().toList();
    String[] parts = lines.get(0).split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.") || !parts[1].startsWith("/")) {
      throw new MalformedRequestException("not an HTTP/1.1 request line");
    }
    List<Header> headers = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new MalformedRequestException("not a header line");
      }
      headers.add(new Header(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    byte[] body = readBody(headers);
    String digest = HexFormat.of().formatHex(sha256().digest(body));
    String form = isForm(headers) ? new String(body, StandardCharsets.UTF_8) : "";
    return Optional.of(new Request(parts[0], parts[1], parts[2], headers, digest, form));
  }

  /** Up to and without the empty line; empty when the connection ended before the first byte. */
  private String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
    int newlines = 0;
    while (newlines < 2) {
      int next = in.read();
      if (next < 0) {
        if (head.size() == 0) {
          return "";
        }
        throw new MalformedRequestException("the connection ended inside a request");
      }
      if (head.size() == MAX_HEAD_BYTES) {
        throw new MalformedRequestException("the request head is larger than 64 KiB");
      }
      if (head.size() == 0 && (next == '\r' || next == '\n')) {
        continue; // RFC 9112 §2.2: empty lines before a request are skipped
      }
      head.write(next);
      if (next == '\n') {
        newlines++;
      } else if (next != '\r') {
        newlines = 0;
      }
    }
    return head.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static boolean isForm(List<Header> headers) {
    return Header.first(headers, "content-type")
        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith(Request.FORM_TYPE))
        .isPresent();
  }

  private byte[] readBody(List<Header> headers) throws IOException {
    if (Header.first(headers, "transfer-encoding").isPresent()) {
      throw new MalformedRequestException("a request body must have a Content-Length");
    }
    int length = contentLength(headers);
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new MalformedRequestException("the connection ended inside a request body");
    }
    return body;
  }

  private static int contentLength(List<Header> headers) throws IOException {
    String text = Header.first(headers, "content-length").orElse("0");
    try {
      int length = Integer.parseInt(text);
      if (length >= 0 && length <= MAX_BODY_BYTES) {
        return length;
      }
    } catch (NumberFormatException e) {
      // reported below, as a length out of bounds is
    }
    throw new MalformedRequestException("Content-Length is not between 0 and 1 MiB");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
