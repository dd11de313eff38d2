package dev.acktask.operator.connection;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The requests that one account may make, shared by all tasks that are read through it. Nobody
 * waits inside: a request is promised a moment, and its task comes back then. Promises are kept in
 * the order in which they were made, so that a busy account slows every task by the same factor.
 *
 * <p>The rule is the generic cell rate algorithm (ITU-T I.371): one number instead of a bucket.
 */
public final class RequestBudget {
  private final long nanosPerRequest;
  private final long tolerance;
  private final LongSupplier nanoTime;

  /** When the next request is due if all promises so far are used at an even pace. */
  private long theoreticalArrival;

  private long pausedUntil;

  /**
   * @param requestsPerMinute 1 to 600,000
   * @param burst requests that may follow each other at once after a quiet time, at least 1
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public RequestBudget(int requestsPerMinute, int burst, LongSupplier nanoTime) {
    this.nanosPerRequest = Duration.ofMinutes(1).toNanos() / requestsPerMinute;
    this.tolerance = nanosPerRequest * (burst - 1L);
    this.nanoTime = nanoTime;
    this.theoreticalArrival = nanoTime.getAsLong();
    this.pausedUntil = theoreticalArrival;
  }

  /** Promises one request; it may be made after the returned time, which is zero when now. */
  public synchronized Duration reserve() {
    long now = nanoTime.getAsLong();
    long from = Math.max(theoreticalArrival - now, 0);
    theoreticalArrival = now + from + nanosPerRequest;
    return Duration.ofNanos(Math.max(Math.max(from - tolerance, pausedUntil - now), 0));
  }

  /** How long no request may be made at all, promised or not; zero as a rule. */
  public synchronized Duration paused() {
    return Duration.ofNanos(Math.max(pausedUntil - nanoTime.getAsLong(), 0));
  }

  /** Stops all requests for {@code duration}, because the cloud asked for it. */
  public synchronized void pause(Duration duration) {
    long until = nanoTime.getAsLong() + duration.toNanos();
    if (until - pausedUntil > 0) {
      pausedUntil = until;
      theoreticalArrival = Math.max(theoreticalArrival - until, 0) + until;
    }
  }
}
