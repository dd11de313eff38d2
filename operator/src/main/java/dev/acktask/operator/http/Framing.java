package dev.acktask.operator.http;

import dev.acktask.operator.http.HttpAnswer.Body;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Collections;
import java.util.List;

/**
 * Where a body ends (RFC 9112, section 6.3). Ambiguous framing is rejected, because the rest of one
 * answer must never be taken for the next one.
 */
sealed interface Framing {
  /** Of the line before a chunk, and of the fields after the last one. */
  int MAX_CHUNK_LINE = 4 * 1024;

  /** No body. */
  record None() implements Framing {}

  /** The body has this many bytes. */
  record Counted(long bytes) implements Framing {}

  /** The body comes in chunks, each with its own length. */
  record Chunked() implements Framing {}

  /** The body ends with the connection. */
  record UntilClose() implements Framing {}

  /**
   * How the body behind {@code head} ends.
   *
   * @throws ProtocolException when that is not certain
   */
  static Framing of(Head head) throws ProtocolException {
    if (head.status() == 204 || head.status() == 304) {
      return new None();
    }
    List<String> codings = head.headers().all("transfer-encoding");
    List<String> lengths = head.headers().all("content-length");
    if (!codings.isEmpty()) {
      if (!lengths.isEmpty()
          || !head.isHttp11()
          || !(codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"))) {
        throw new ProtocolException("a body with an unknown end");
      }
      return new Chunked();
    }
    if (lengths.isEmpty()) {
      return new UntilClose();
    }
    if (Collections.frequency(lengths, lengths.getFirst()) < lengths.size()) {
      throw new ProtocolException("two lengths");
    }
    return new Counted(number(lengths.getFirst(), 10, 18));
  }

  /** Digits and nothing else, where the JDK's parser would also take a sign. */
  private static long number(String text, int radix, int maxDigits) throws ProtocolException {
    boolean isNumber = !text.isEmpty() && text.length() <= maxDigits;
    for (int i = 0; isNumber && i < text.length(); i++) {
      char c = text.charAt(i);
      isNumber = c < 0x80 && Character.digit(c, radix) >= 0;
    }
    if (!isNumber) {
      throw new ProtocolException("not a length");
    }
    return Long.parseLong(text, radix);
  }

  /**
   * Reads a body of up to {@code maxBytes} into {@code body}; nothing of one that is known to be
   * larger.
   */
  static Body read(Framing framing, Incoming incoming, int maxBytes, ReceivedBody body)
      throws IOException {
    return switch (framing) {
      case None none -> body.complete();
      case Counted counted -> {
        if (counted.bytes > maxBytes) {
          yield new Body.TooLarge();
        }
        incoming.copy((int) counted.bytes, body);
        yield body.complete();
      }
      case Chunked chunked -> chunked(incoming, maxBytes, body);
      case UntilClose untilClose ->
          incoming.copyToEnd(maxBytes, body) ? body.complete() : new Body.TooLarge();
    };
  }

  private static Body chunked(Incoming incoming, int maxBytes, ReceivedBody body)
      throws IOException {
    while (true) {
      String line = incoming.line(MAX_CHUNK_LINE);
      int extension = line.indexOf(';');
      String size = extension < 0 ? line : line.substring(0, extension).stripTrailing();
      long bytes = number(size, 16, 15);
      if (bytes == 0) {
        Head.fields(incoming, MAX_CHUNK_LINE);
        return body.complete();
      }
      if (bytes > maxBytes - body.size()) {
        return new Body.TooLarge();
      }
      incoming.copy((int) bytes, body);
      incoming.line(0);
    }
  }
}
