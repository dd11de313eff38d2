package dev.acktask.bench.measure;

import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** The calls that reached the cloud, and the time between two of the same task. */
public final class Polls {
  private static final long NEVER = Long.MIN_VALUE;

  private final LongSupplier nanoTime;
  private final long[] last;
  private LongStream.Builder gaps = LongStream.builder();
  private long count;

  public Polls(int tasks, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.last = new long[tasks];
    Arrays.fill(last, NEVER);
  }

  public synchronized void arrived(int task) {
    long now = nanoTime.getAsLong();
    if (last[task] != NEVER) {
      gaps.add(now - last[task]);
    }
    last[task] = now;
    count++;
  }

  /** Restarts the count; the first gap of a task may start earlier. */
  public synchronized void startWindow() {
    count = 0;
    gaps = LongStream.builder();
  }

  /** Calls since the start of the window. */
  public synchronized long count() {
    return count;
  }

  /** The gaps that ended in the window; ends the window. */
  public synchronized Distribution gaps() {
    Distribution all = Distribution.of(gaps.build());
    gaps = LongStream.builder();
    return all;
  }
}
