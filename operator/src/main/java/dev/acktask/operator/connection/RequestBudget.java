package dev.acktask.operator.connection;

import dev.acktask.operator.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Rate limit of one account, shared by all its tasks; the cloud can pause it. As with {@link
 * RateLimiter} nothing is reserved: whichever poll comes first after a wait can use the permit.
 */
public final class RequestBudget {
  private final RateLimiter limiter;
  private final LongSupplier nanoTime;
  private long pausedUntil;

  /**
   * @param requestsPerMinute 1 to 600,000
   * @param burst requests without delay after an idle time, at least 1
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public RequestBudget(int requestsPerMinute, int burst, LongSupplier nanoTime) {
    this.limiter =
        new RateLimiter(Duration.ofMinutes(1).dividedBy(requestsPerMinute), burst, nanoTime);
    this.nanoTime = nanoTime;
    this.pausedUntil = nanoTime.getAsLong();
  }

  /** Takes a permit for one request and returns zero, or takes none and returns the wait for it. */
  public synchronized Duration tryAcquire() {
    long pause = pausedUntil - nanoTime.getAsLong();
    return pause > 0 ? Duration.ofNanos(pause) : limiter.tryAcquire();
  }

  /** Stops all requests for {@code duration}. */
  public synchronized void pause(Duration duration) {
    long until = nanoTime.getAsLong() + duration.toNanos();
    if (until - pausedUntil > 0) {
      pausedUntil = until;
    }
  }
}
