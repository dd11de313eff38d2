package dev.acktask.simulator.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What became of one reply on the wire; may be read while it is still being sent. */
public final class Transmission {
  /** At most this much of a body is kept. */
  public static final int MAX_KEPT_BYTES = 64 * 1024;

  /** How far a reply got. */
  public enum Outcome {
    /** Under way. For a moment also after the client has the last byte. */
    SENDING,
    /** Every byte was sent. */
    COMPLETE,
    /** Stopped on purpose, as its delivery says. */
    CUT,
    /** Stopped because the other side, or the server, closed the connection. */
    BROKEN
  }

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private Outcome outcome = Outcome.SENDING;
  private boolean inBody;
  private long bytes;

  synchronized void bodyStarts() {
    inBody = true;
  }

  /** Counted before they are written, so that a client never knows more than this record. */
  synchronized void sending(byte[] source, int offset, int count) {
    bytes += count;
    if (inBody) {
      kept.write(source, offset, Math.min(count, MAX_KEPT_BYTES - kept.size()));
    }
  }

  synchronized void ended(Outcome how) {
    outcome = how;
  }

  public synchronized Outcome outcome() {
    return outcome;
  }

  /** All bytes of the answer, head and framing included. */
  public synchronized long bytes() {
    return bytes;
  }

  /** What followed the head, chunk framing included, as text; the first 64 KiB of it. */
  public synchronized String body() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
