package dev.acktask.bench.measure;

import java.util.concurrent.atomic.AtomicLong;

/** Number of calls since the start of a window. */
public final class CallCount {
  private final AtomicLong count = new AtomicLong();

  public void arrived() {
    count.incrementAndGet();
  }

  /** Restarts the count. */
  public void startWindow() {
    count.set(0);
  }

  /** Calls since the start of the window. */
  public long count() {
    return count.get();
  }
}
