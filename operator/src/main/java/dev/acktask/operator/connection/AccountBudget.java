package dev.acktask.operator.connection;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The request budget of one account. The cloud limits accounts: two connections of one account must
 * not spend twice of what each may spend, and throttling concerns both. Thread-safe.
 *
 * <p>Its limits are the highest that a connection of the account has had.
 */
final class AccountBudget {
  private final LongSupplier nanoTime;
  private int requestsPerMinute;
  private int burst;
  private RequestBudget budget;
  private long pausedUntil;

  AccountBudget(int requestsPerMinute, int burst, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.requestsPerMinute = requestsPerMinute;
    this.burst = burst;
    this.budget = new RequestBudget(requestsPerMinute, burst, nanoTime);
    this.pausedUntil = nanoTime.getAsLong();
  }

  /** Raises the limits to at least these. */
  synchronized void raise(int requestsPerMinute, int burst) {
    if (requestsPerMinute > this.requestsPerMinute || burst > this.burst) {
      this.requestsPerMinute = Math.max(requestsPerMinute, this.requestsPerMinute);
      this.burst = Math.max(burst, this.burst);
      this.budget = new RequestBudget(this.requestsPerMinute, this.burst, nanoTime);
    }
  }

  /** See {@link RequestBudget#tryAcquire}. */
  synchronized Duration tryAcquire() {
    long pause = pausedUntil - nanoTime.getAsLong();
    return pause > 0 ? Duration.ofNanos(pause) : budget.tryAcquire();
  }

  /** See {@link RequestBudget#pause}. */
  synchronized void pause(Duration duration) {
    long until = nanoTime.getAsLong() + duration.toNanos();
    if (until - pausedUntil > 0) {
      pausedUntil = until;
    }
  }
}
