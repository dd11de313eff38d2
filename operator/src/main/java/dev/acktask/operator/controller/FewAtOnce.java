package dev.acktask.operator.controller;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets few do something at once, and the others wait for a while; but never for long: who cannot
 * have a turn in time goes on without one, so that nobody is held up behind those who hang.
 */
final class FewAtOnce {
  private final Semaphore turns;
  private final Duration patience;

  /**
   * @param few how many turns there are
   * @param patience longest wait for one
   */
  FewAtOnce(int few, Duration patience) {
    this.turns = new Semaphore(few, true);
    this.patience = patience;
  }

  /** What {@code work} gives when there is a turn, or the wait for one is over. */
  <T> T run(Supplier<T> work) {
    boolean taken = await();
    try {
      return work.get();
    } finally {
      if (taken) {
        turns.release();
      }
    }
  }

  /** False without a turn; an interrupted thread does not wait, and stays interrupted. */
  private boolean await() {
    try {
      return turns.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
