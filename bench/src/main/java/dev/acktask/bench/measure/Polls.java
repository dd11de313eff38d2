package dev.acktask.bench.measure;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** The calls that reached the cloud, and the time between two of the same task. */
public final class Polls {
  private static final long NEVER = Long.MIN_VALUE;

  private final LongSupplier nanoTime;
  private final long[] last;
  private final long[] before;
  private LongStream.Builder gaps = LongStream.builder();
  private long count;

  public Polls(int tasks, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.last = new long[tasks];
    this.before = new long[tasks];
    Arrays.fill(last, NEVER);
  }

  public synchronized void arrived(int task) {
    long now = nanoTime.getAsLong();
    if (last[task] == NEVER) {
      before[task] = count;
    } else {
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

  /** Calls in the window before the first one of {@code task}; empty until it is polled. */
  public synchronized OptionalLong countBeforeFirst(int task) {
    return last[task] == NEVER ? OptionalLong.empty() : OptionalLong.of(before[task]);
  }

  /** The gaps that ended in the window; ends the window. */
  public synchronized Distribution gaps() {
    Distribution all = Distribution.of(gaps.build());
    gaps = LongStream.builder();
    return all;
  }
}
