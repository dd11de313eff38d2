package dev.acktask.operator.connection;

import dev.acktask.operator.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Rate limit of one connection, shared by all its tasks; the cloud can pause it. As with {@link
 * RateLimiter} nothing is reserved: whichever poll comes first after a wait can use the permit.
 */
public final class RequestBudget {
  private final Duration requestInterval;
  private final RateLimiter limiter;
  private final @Nullable AccountBudget account;
  private final LongSupplier nanoTime;
  private long pausedUntil;

  /**
   * @param requestsPerMinute 1 to 600,000
   * @param burst requests without delay after an idle time, at least 1
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public RequestBudget(int requestsPerMinute, int burst, LongSupplier nanoTime) {
    this(requestsPerMinute, burst, Optional.empty(), nanoTime);
  }

  /**
   * @param account budget that all connections of the account share; empty if the account is not
   *     known
   */
  RequestBudget(
      int requestsPerMinute, int burst, Optional<AccountBudget> account, LongSupplier nanoTime) {
    this.requestInterval = Duration.ofMinutes(1).dividedBy(requestsPerMinute);
    this.limiter = new RateLimiter(requestInterval, burst, nanoTime);
    this.account = account.orElse(null);
    this.nanoTime = nanoTime;
    this.pausedUntil = nanoTime.getAsLong();
  }

  /** Time for each request if all permits are used at an even pace. */
  public Duration requestInterval() {
    return requestInterval;
  }

  /** Takes a permit for one request and returns zero, or takes none and returns the wait for it. */
  public synchronized Duration tryAcquire() {
    long pause = pausedUntil - nanoTime.getAsLong();
    Duration wait = pause > 0 ? Duration.ofNanos(pause) : limiter.untilPermit();
    if (!wait.isPositive() && account != null) {
      wait = account.tryAcquire();
    }
    return wait.isPositive() ? wait : limiter.tryAcquire();
  }

  /** Stops all requests for {@code duration}; those of the account if it is known. */
  public synchronized void pause(Duration duration) {
    if (account != null) {
      account.pause(duration);
      return;
    }
    long until = nanoTime.getAsLong() + duration.toNanos();
    if (until - pausedUntil > 0) {
      pausedUntil = until;
    }
  }
}
