package dev.acktask.operator.ratelimit;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Grants permits in bursts and at an even pace. Nothing is reserved: a caller that gets no permit
 * asks again after the returned wait, so that the first one then can use it. Thread-safe.
 *
 * <p>The algorithm is the generic cell rate algorithm (ITU-T I.371).
 */
public final class RateLimiter {
  private final long nanosPerPermit;
  private final long tolerance;
  private final LongSupplier nanoTime;

  /** Time of the next permit if all are used at an even pace; nanoseconds. */
  private long theoreticalArrival;

  /**
   * @param pace time for each permit, at least a microsecond
   * @param burst permits without delay after an idle time, at least 1
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public RateLimiter(Duration pace, int burst, LongSupplier nanoTime) {
    this.nanosPerPermit = pace.toNanos();
    this.tolerance = nanosPerPermit * (burst - 1L);
    this.nanoTime = nanoTime;
    this.theoreticalArrival = nanoTime.getAsLong();
  }

  /** Takes a permit and returns zero, or takes none and returns the wait for it. */
  public synchronized Duration tryAcquire() {
    long now = nanoTime.getAsLong();
    long wait = waitAt(now);
    if (wait == 0) {
      theoreticalArrival = now + Math.max(theoreticalArrival - now, 0) + nanosPerPermit;
    }
    return Duration.ofNanos(wait);
  }

  /** The wait for a permit, which is not taken; zero if there is one. */
  public synchronized Duration untilPermit() {
    return Duration.ofNanos(waitAt(nanoTime.getAsLong()));
  }

  private long waitAt(long now) {
    return Math.max(Math.max(theoreticalArrival - now, 0) - tolerance, 0);
  }
}
