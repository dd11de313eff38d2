package dev.acktask.operator.alibaba;

import java.util.concurrent.atomic.AtomicLong;

/** Stands still; a pause lets its time pass at once. */
final class FakeClock implements QuietClock {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it may overflow
  private final AtomicLong paused = new AtomicLong();

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void pause(long time) {
    paused.addAndGet(time);
    advance(time);
  }

  void advance(long time) {
    nanos.addAndGet(time);
  }

  /** The sum of all pauses. */
  long pausedNanos() {
    return paused.get();
  }
}
