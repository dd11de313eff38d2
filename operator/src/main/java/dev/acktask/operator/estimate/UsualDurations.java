package dev.acktask.operator.estimate;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long the tasks of one kind took that succeeded. An estimate: it says when the next one is
 * probably done, and never whether it is.
 *
 * @param sampleSize number of tasks; 0 if there are too few to say anything
 * @param median half of them took at most this long
 * @param percentile90 nine of ten took at most this long
 * @param stages the same for single stages, by name; only stages with enough samples
 */
public record UsualDurations(
    int sampleSize, Duration median, Duration percentile90, Map<String, Duration> stages) {
  /** With fewer tasks one odd duration would decide. */
  public static final int MIN_SAMPLES = 5;

  /** Too few tasks are known. */
  public static final UsualDurations UNKNOWN =
      new UsualDurations(0, Duration.ZERO, Duration.ZERO, Map.of());

  public UsualDurations {
    stages = Map.copyOf(stages);
  }

  /** True if there are enough tasks. */
  public boolean isKnown() {
    return sampleSize > 0;
  }

  /**
   * The smallest of {@code sorted} that at least {@code percent} of them do not exceed (nearest
   * rank).
   *
   * @param sorted ascending, not empty
   */
  static Duration percentile(List<Duration> sorted, int percent) {
    int rank = (sorted.size() * percent + 99) / 100;
    return sorted.get(Math.max(rank, 1) - 1);
  }
}
