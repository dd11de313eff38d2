package dev.acktask.bench.measure;

import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * When the newest version of each task came about in the cloud, was first served, and was first
 * seen by a watch of the API server. Times are nanoseconds of one monotonic clock.
 */
public final class Timeline {
  /** Not yet. */
  private static final long NEVER = Long.MIN_VALUE;

  private final LongSupplier nanoTime;
  private final int[] version;
  private final long[] changed;
  private final long[] served;
  private final long[] seen;
  private int unseen;

  /** Of tasks that are all at version 0, which nobody has seen. */
  public Timeline(int tasks, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.version = new int[tasks];
    this.changed = new long[tasks];
    this.served = new long[tasks];
    this.seen = new long[tasks];
    Arrays.fill(changed, nanoTime.getAsLong());
    Arrays.fill(served, NEVER);
    Arrays.fill(seen, NEVER);
    this.unseen = tasks;
  }

  public synchronized void changed(int task, int to) {
    if (seen[task] != NEVER) {
      unseen++;
    }
    version[task] = to;
    changed[task] = nanoTime.getAsLong();
    served[task] = NEVER;
    seen[task] = NEVER;
  }

  public synchronized void served(int task, int what) {
    if (version[task] == what && served[task] == NEVER) {
      served[task] = nanoTime.getAsLong();
    }
  }

  /** A watch delivered an object that shows {@code what}. */
  public synchronized void seen(int task, int what) {
    if (version[task] == what && seen[task] == NEVER) {
      seen[task] = nanoTime.getAsLong();
      unseen--;
    }
  }

  public synchronized int version(int task) {
    return version[task];
  }

  /** Of how many tasks nobody has seen the newest version. */
  public synchronized int unseen() {
    return unseen;
  }

  /** How many of all tasks there are. */
  public int tasks() {
    return version.length;
  }

  /** From the change in the cloud until it was seen. */
  public synchronized Distribution changeToSeen(IntStream tasks) {
    return Distribution.of(tasks.mapToLong(task -> seen[task] - changed[task]));
  }

  /** From the end of the first answer with it until it was seen; 0 when the watch was faster. */
  public synchronized Distribution servedToSeen(IntStream tasks) {
    LongStream nanos = tasks.mapToLong(task -> Math.max(0, seen[task] - served[task]));
    return Distribution.of(nanos);
  }
}
