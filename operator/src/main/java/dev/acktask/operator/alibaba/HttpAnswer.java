package dev.acktask.operator.alibaba;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/**
 * One complete HTTP response, not yet interpreted.
 *
 * @param body bounded
 */
public record HttpAnswer(int status, HttpFields headers, Body body) {
  /** The first value of a header called {@code name}, in any case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** What came after the headers. */
  public sealed interface Body {
    /**
     * All of it, as bytes.
     *
     * @param parts one after the other; not to be kept longer than the call, whose memory they are
     */
    record Complete(List<ByteBuffer> parts) implements Body {
      public Complete {
        parts = parts.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
      }

      /** The UTF-8 bytes of {@code text}. */
      public static Complete of(String text) {
        return new Complete(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
      }

      /** Its size in bytes. */
      public int size() {
        return parts.stream().mapToInt(ByteBuffer::remaining).sum();
      }

      /** The bytes from the first to the last. */
      public InputStream stream() {
        return new PartsStream(parts);
      }
    }

    /** Larger than the limit; dropped. */
    record TooLarge() implements Body {}

    /** Compressed or otherwise encoded, although the request did not offer that; not read. */
    record Encoded() implements Body {}
  }
}
