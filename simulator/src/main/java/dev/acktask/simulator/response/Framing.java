package dev.acktask.simulator.response;

/** How the end of the body is marked. */
public sealed interface Framing {
  /** A true {@code Content-Length}; a body of unknown length is chunked instead. */
  record Length() implements Framing {}

  /**
   * A {@code Content-Length} that may be wrong. Too long, and the receiver waits for bytes that
   * never come; too short, and the rest of this body is read as the start of the next answer.
   */
  record DeclaredLength(long bytes) implements Framing {}

  /** {@code Transfer-Encoding: chunked}, with at most {@code chunkBytes} in each chunk. */
  record Chunked(int chunkBytes) implements Framing {
    public Chunked {
      if (chunkBytes < 1) {
        throw new IllegalArgumentException("a chunk holds at least one byte");
      }
    }
  }

  /** No length at all: the body ends when the connection does. */
  record UntilClose() implements Framing {}

  /** No status line and no headers: the body's bytes are all that is sent. */
  record Verbatim() implements Framing {}
}
