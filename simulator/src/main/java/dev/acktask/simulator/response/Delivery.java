package dev.acktask.simulator.response;

import java.time.Duration;
import java.util.Optional;

/**
 * How the bytes of a response are sent. The parts are independent, so they combine: a late, slow,
 * chunked answer that is cut in its third chunk is one value.
 *
 * @param delay waited before the first byte
 * @param interim 1xx answers that are sent first
 * @param framing how the end of the body is marked
 * @param cut where the answer stops before its end
 * @param ending state of the connection after the last byte
 */
public record Delivery(
    Duration delay, Interim interim, Pace pace, Framing framing, Optional<Cut> cut, Ending ending) {

  /** At once, complete, and ready for the next request. */
  public static final Delivery NORMAL =
      new Delivery(
          Duration.ZERO,
          Interim.NONE,
          Pace.AT_ONCE,
          new Framing.Length(),
          Optional.empty(),
          Ending.KEEP_ALIVE);

  public Delivery {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("a delivery is not early");
    }
  }

  /** {@code count} interim answers of {@code status} (100, 102, 103 …) before the real one. */
  public record Interim(int status, int count) {
    public static final Interim NONE = new Interim(100, 0);
  }

  /**
   * Bytes per second; 0 means at once.
   *
   * @param head of the status line and headers
   */
  public record Pace(int head, int body) {
    public static final Pace AT_ONCE = new Pace(0, 0);

    public Pace {
      if (head < 0 || body < 0) {
        throw new IllegalArgumentException("a pace is not negative");
      }
    }
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
    return new Delivery(newDelay, interim, pace, framing, cut, ending);
  }

  public Delivery withInterim(int status, int count) {
    return new Delivery(delay, new Interim(status, count), pace, framing, cut, ending);
  }

  public Delivery withPace(Pace newPace) {
    return new Delivery(delay, interim, newPace, framing, cut, ending);
  }

  public Delivery withFraming(Framing newFraming) {
    return new Delivery(delay, interim, pace, newFraming, cut, ending);
  }

  public Delivery withCut(From from, long bytes) {
    return new Delivery(delay, interim, pace, framing, Optional.of(new Cut(from, bytes)), ending);
  }

  public Delivery withEnding(Ending newEnding) {
    return new Delivery(delay, interim, pace, framing, cut, newEnding);
  }
}
