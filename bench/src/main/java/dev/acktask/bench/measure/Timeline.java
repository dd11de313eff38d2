package dev.acktask.bench.measure;

import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * For the newest version of each task: when it changed in the cloud, was first served, and was
 * first observed by a watch of the API server. Times are nanoseconds of one monotonic clock.
 */
public final class Timeline {
  private static final long NEVER = Long.MIN_VALUE;

  private final LongSupplier nanoTime;
  private final int[] version;
  private final long[] changed;
  private final long[] served;
  private final long[] observed;
  private int unobserved;

  /** All tasks start at version 0, which is not observed yet. */
  public Timeline(int tasks, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.version = new int[tasks];
    this.changed = new long[tasks];
    this.served = new long[tasks];
    this.observed = new long[tasks];
    Arrays.fill(changed, nanoTime.getAsLong());
    Arrays.fill(served, NEVER);
    Arrays.fill(observed, NEVER);
    this.unobserved = tasks;
  }

  public synchronized void changed(int task, int to) {
    if (observed[task] != NEVER) {
      unobserved++;
    }
    version[task] = to;
    changed[task] = nanoTime.getAsLong();
    served[task] = NEVER;
    observed[task] = NEVER;
  }

  public synchronized void served(int task, int what) {
    if (version[task] == what && served[task] == NEVER) {
      served[task] = nanoTime.getAsLong();
    }
  }

  /** The watch delivered an object at version {@code what}. */
  public synchronized void observed(int task, int what) {
    if (version[task] == what && observed[task] == NEVER) {
      observed[task] = nanoTime.getAsLong();
      unobserved--;
    }
  }

  public synchronized int version(int task) {
    return version[task];
  }

  /** Number of tasks whose newest version is not observed yet. */
  public synchronized int unobserved() {
    return unobserved;
  }

  /** Number of tasks. */
  public int tasks() {
    return version.length;
  }

  /** Time from the change in the cloud to its observation. */
  public synchronized Distribution changeToObserved(IntStream tasks) {
    return Distribution.of(tasks.mapToLong(task -> observed[task] - changed[task]));
  }

  /** Time from the end of the first answer to the observation; 0 when the watch was faster. */
  public synchronized Distribution servedToObserved(IntStream tasks) {
    LongStream nanos = tasks.mapToLong(task -> Math.max(0, observed[task] - served[task]));
    return Distribution.of(nanos);
  }
}
