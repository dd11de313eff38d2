package dev.acktask.e2e.faultinjection;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A request that the proxy has read, in the form that it forwards. */
final class ForwardedRequest {
  private final Call call;
  private final byte[] bytes;

  private ForwardedRequest(Call call, byte[] bytes) {
    this.call = call;
    this.bytes = bytes;
  }

  Call call() {
    return call;
  }

  /** The whole request, head and body. */
  byte[] bytes() {
    return bytes;
  }

  /** Reads one request and adds {@code Connection: close}, except to an upgrade. */
  static ForwardedRequest read(InputStream in) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    String start = line(in);
    List<String> headers = new ArrayList<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      headers.add(header);
    }
    boolean upgrade = value(headers, "upgrade").filter("websocket"::equals).isPresent();
    writeLine(copy, start);
    for (String header : headers) {
      if (upgrade || !named(header, "connection")) {
        writeLine(copy, header);
      }
    }
    if (!upgrade) {
      writeLine(copy, "Connection: close");
    }
    writeLine(copy, "");
    if (value(headers, "transfer-encoding").isPresent()) {
      copyChunks(in, copy);
    } else {
      copy.write(exactly(in, value(headers, "content-length").map(Integer::valueOf).orElse(0)));
    }
    String[] words = start.split(" ", -1);
    return new ForwardedRequest(new Call(words[0], words[1]), copy.toByteArray());
  }

  private static void copyChunks(InputStream in, ByteArrayOutputStream copy) throws IOException {
    int size;
    do {
      String head = line(in);
      size = Integer.parseInt(head, 16);
      writeLine(copy, head);
      copy.write(exactly(in, size));
      writeLine(copy, line(in));
    } while (size > 0);
  }

  private static byte[] exactly(InputStream in, int size) throws IOException {
    byte[] bytes = in.readNBytes(size);
    if (bytes.length < size) {
      throw new EOFException();
    }
    return bytes;
  }

  private static Optional<String> value(List<String> headers, String name) {
    return headers.stream()
        .filter(header -> named(header, name))
        .map(header -> header.substring(name.length() + 1).strip().toLowerCase(Locale.ROOT))
        .findFirst();
  }

  private static boolean named(String header, String name) {
    return header.toLowerCase(Locale.ROOT).startsWith(name + ":");
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static void writeLine(ByteArrayOutputStream out, String line) {
    out.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }
}
