package dev.acktask.operator.controller;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits concurrency. A caller that gets no permit within {@code maxWait} proceeds without one, so
 * that hanging calls never block the rest.
 */
public final class ConcurrencyLimiter {
  /**
   * More concurrent status writes than the API server has CPUs do not raise throughput; they delay
   * watch events (docs/benchmarks.md).
   */
  private static final int STATUS_WRITES = 8;

  private static final Duration WRITE_PERMIT_TIMEOUT = Duration.ofSeconds(1);

  private final Semaphore permits;
  private final Duration maxWait;

  /**
   * @param permits calls that may run at the same time
   * @param maxWait for a permit
   */
  ConcurrencyLimiter(int permits, Duration maxWait) {
    this.permits = new Semaphore(permits, true);
    this.maxWait = maxWait;
  }

  /** The limit of status writes, and of the reads before them. */
  public static ConcurrencyLimiter ofStatusWrites() {
    return new ConcurrencyLimiter(STATUS_WRITES, WRITE_PERMIT_TIMEOUT);
  }

  /** Runs {@code call} with a permit, or without one once {@code maxWait} is over. */
  <T> T run(Supplier<T> call) {
    boolean hasPermit = acquire();
    try {
      return call.get();
    } finally {
      if (hasPermit) {
        permits.release();
      }
    }
  }

  /** False without a permit. An interrupted thread does not wait and stays interrupted. */
  private boolean acquire() {
    try {
      return permits.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
