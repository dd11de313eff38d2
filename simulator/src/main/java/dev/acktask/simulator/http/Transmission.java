package dev.acktask.simulator.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Progress of one response on the wire; may be read while it is being sent. */
public final class Transmission {
  /** Limit of the kept part of a body. */
  public static final int MAX_KEPT_BYTES = 64 * 1024;

  /** How far a response got. */
  public enum Outcome {
    /** Being sent. Lasts for a moment after the client received the last byte. */
    SENDING,
    /** Every byte was sent. */
    COMPLETE,
    /** Stopped on purpose by its delivery. */
    CUT,
    /** Stopped because the other side, or the server, closed the connection. */
    BROKEN
  }

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private Outcome outcome = Outcome.SENDING;
  private final boolean secret;
  private boolean inBody;
  private long bytes;

  public Transmission() {
    this(false);
  }

  private Transmission(boolean secret) {
    this.secret = secret;
  }

  /** Of a body that holds a secret: it is counted, not kept. */
  public static Transmission ofSecret() {
    return new Transmission(true);
  }

  synchronized void bodyStarts() {
    inBody = true;
  }

  /** Counts bytes before they are written, so that the record is never behind the client. */
  synchronized void sending(byte[] source, int offset, int count) {
    bytes += count;
    if (inBody && !secret) {
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

  /** The first 64 KiB after the head, chunk framing included, as text; of a secret {@code ***}. */
  public synchronized String body() {
    return secret ? "***" : kept.toString(StandardCharsets.UTF_8);
  }
}
