package dev.acktask.simulator.response;

import java.time.Duration;
import java.util.Optional;

/**
 * How the bytes of a response are sent. The parts are independent, so they combine: a late, slow,
 * chunked answer that is cut in its third chunk is one value.
 *
 * @param delay waited before the first byte
 * @param interim 1xx answers that are sent first
 * @param headBytesPerSecond pace of the status line and headers; 0 means at once
 * @param bodyBytesPerSecond pace of the body; 0 means at once
 * @param framing how the end of the body is marked
 * @param cut where the answer stops before its end
 * @param ending state of the connection after the last byte
 */
public record Delivery(
    Duration delay,
    Interim interim,
    int headBytesPerSecond,
    int bodyBytesPerSecond,
    Framing framing,
    Optional<Cut> cut,
    Ending ending) {

  /** At once, complete, and ready for the next request. */
  public static final Delivery NORMAL =
      new Delivery(
          Duration.ZERO,
          Interim.NONE,
          0,
          0,
          new Framing.Length(),
          Optional.empty(),
          Ending.KEEP_ALIVE);

  public Delivery {
    if (delay.isNegative() || headBytesPerSecond < 0 || bodyBytesPerSecond < 0) {
      throw new IllegalArgumentException("a delivery is neither early nor backwards");
    }
  }

  /** {@code count} interim answers of {@code status} (100, 102, 103 …) before the real one. */
  public record Interim(int status, int count) {
    public static final Interim NONE = new Interim(100, 0);
  }

  /** Where a {@link Cut} counts from. */
  public enum From {
    /** From the first byte of the status line. */
    MESSAGE,
    /** From the first byte after the head; chunk framing counts. */
    BODY
  }

  /** Sending stops after {@code bytes}; 0 from the message means nothing is sent at all. */
  public record Cut(From from, long bytes) {
    public Cut {
      if (bytes < 0) {
        throw new IllegalArgumentException("a cut is not before the start");
      }
    }
  }

  /** State of the connection after the response. */
  public enum Ending {
    /** It serves the next request. */
    KEEP_ALIVE,
    /** FIN without a {@code Connection: close} header: a stale keep-alive connection. */
    CLOSE,
    /** RST. */
    RESET,
    /** It stays open and silent until the other side gives up: a black hole. */
    HANG
  }

  public Delivery withDelay(Duration newDelay) {
    return new Delivery(
        newDelay, interim, headBytesPerSecond, bodyBytesPerSecond, framing, cut, ending);
  }

  public Delivery withInterim(int status, int count) {
    return new Delivery(
        delay,
        new Interim(status, count),
        headBytesPerSecond,
        bodyBytesPerSecond,
        framing,
        cut,
        ending);
  }

  /** Paces in bytes per second; 0 means at once. */
  public Delivery withPace(int head, int body) {
    return new Delivery(delay, interim, head, body, framing, cut, ending);
  }

  public Delivery withFraming(Framing newFraming) {
    return new Delivery(
        delay, interim, headBytesPerSecond, bodyBytesPerSecond, newFraming, cut, ending);
  }

  public Delivery withCut(From from, long bytes) {
    return new Delivery(
        delay,
        interim,
        headBytesPerSecond,
        bodyBytesPerSecond,
        framing,
        Optional.of(new Cut(from, bytes)),
        ending);
  }

  public Delivery withEnding(Ending newEnding) {
    return new Delivery(
        delay, interim, headBytesPerSecond, bodyBytesPerSecond, framing, cut, newEnding);
  }
}
