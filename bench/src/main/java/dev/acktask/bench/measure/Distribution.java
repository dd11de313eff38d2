package dev.acktask.bench.measure;

import java.util.stream.LongStream;

/** Durations in nanoseconds, in ascending order. */
public final class Distribution {
  private static final double NANOS = 1e9;

  private final long[] sorted;

  private Distribution(long[] sorted) {
    this.sorted = sorted;
  }

  public static Distribution of(LongStream nanos) {
    return new Distribution(nanos.sorted().toArray());
  }

  public int count() {
    return sorted.length;
  }

  /**
   * The smallest value that at least {@code share} of all do not exceed (nearest rank), in seconds;
   * NaN when there are none.
   *
   * @param share from 0 to 1; 1 gives the largest
   */
  public double seconds(double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)] / NANOS;
  }
}
