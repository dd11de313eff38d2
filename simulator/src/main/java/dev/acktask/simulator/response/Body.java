package dev.acktask.simulator.response;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;

/** The body of a response. Large ones are streamed and never held in memory. */
public sealed interface Body permits Body.Bytes, Body.Repeated, Body.Gzip {
  Body EMPTY = new Bytes(new byte[0]);

  /** The length in bytes, or empty when it is known only after writing. */
  OptionalLong length();

  void writeTo(OutputStream out) throws IOException;

  static Body of(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static Body of(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  /** Exactly these bytes. */
  final class Bytes implements Body {
    private final byte[] bytes;

    private Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public OptionalLong length() {
      return OptionalLong.of(bytes.length);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  /**
   * A prefix, then one character again and again, then a suffix: a well-formed document of any
   * size.
   *
   * @param fillBytes how often {@code fill}, an ASCII character, is written
   */
  record Repeated(String prefix, char fill, long fillBytes, String suffix) implements Body {
    private static final int BLOCK = 64 * 1024;

    @Override
    public OptionalLong length() {
      return OptionalLong.of(
          prefix.getBytes(StandardCharsets.UTF_8).length
              + fillBytes
              + suffix.getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(prefix.getBytes(StandardCharsets.UTF_8));
      byte[] block = String.valueOf(fill).repeat(BLOCK).getBytes(StandardCharsets.US_ASCII);
      for (long left = fillBytes; left > 0; left -= BLOCK) {
        out.write(block, 0, (int) Math.min(BLOCK, left));
      }
      out.write(suffix.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Another body, compressed while it is sent; its length is not known before. */
  record Gzip(Body content) implements Body {
    @Override
    public OptionalLong length() {
      return OptionalLong.empty();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      OutputStream kept =
          new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
              out.write(bytes, offset, count);
            }

            @Override
            public void close() throws IOException {
              out.flush(); // the connection outlives its body
            }
          };
      try (GZIPOutputStream gzip = new GZIPOutputStream(kept, 64 * 1024)) {
        content.writeTo(gzip);
      }
    }
  }
}
