package dev.acktask.operator.connection;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Rate limit of one account, shared by all its tasks. It never blocks: a request is reserved for a
 * time, and the task is polled then. Reservations are served in order, so that a busy account slows
 * all tasks by the same factor.
 *
 * <p>The algorithm is the generic cell rate algorithm (ITU-T I.371).
 */
public final class RequestBudget {
  private final long nanosPerRequest;
  private final long tolerance;
  private final LongSupplier nanoTime;

  /** Time of the next request if all reservations are used at an even pace; nanoseconds. */
  private long theoreticalArrival;

  private long pausedUntil;

  /**
   * @param requestsPerMinute 1 to 600,000
   * @param burst requests without delay after an idle time, at least 1
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public RequestBudget(int requestsPerMinute, int burst, LongSupplier nanoTime) {
    this.nanosPerRequest = Duration.ofMinutes(1).toNanos() / requestsPerMinute;
    this.tolerance = nanosPerRequest * (burst - 1L);
    this.nanoTime = nanoTime;
    this.theoreticalArrival = nanoTime.getAsLong();
    this.pausedUntil = theoreticalArrival;
  }

  /** Reserves one request and returns the wait before it; zero means now. */
  public synchronized Duration reserve() {
    long now = nanoTime.getAsLong();
    long from = Math.max(theoreticalArrival - now, 0);
    theoreticalArrival = now + from + nanosPerRequest;
    return Duration.ofNanos(Math.max(Math.max(from - tolerance, pausedUntil - now), 0));
  }

  /** Remaining pause of all requests, reserved or not; usually zero. */
  public synchronized Duration remainingPause() {
    return Duration.ofNanos(Math.max(pausedUntil - nanoTime.getAsLong(), 0));
  }

  /** Stops all requests for {@code duration}. */
  public synchronized void pause(Duration duration) {
    long until = nanoTime.getAsLong() + duration.toNanos();
    if (until - pausedUntil > 0) {
      pausedUntil = until;
      theoreticalArrival = Math.max(theoreticalArrival - until, 0) + until;
    }
  }
}
