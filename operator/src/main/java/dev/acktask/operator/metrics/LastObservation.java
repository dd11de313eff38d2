package dev.acktask.operator.metrics;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last observation of an unfinished task. It is not in the status, because that would cost one
 * write for each poll.
 *
 * @param lastSync time of the last complete response
 * @param stage stage of the task at that time
 * @param stageSince when this process first observed the stage; the times of the cloud are not
 *     reliable
 */
public record LastObservation(Instant lastSync, @Nullable String stage, Instant stageSince) {
  /**
   * The task is in {@code stage} now.
   *
   * @param before the last observation, or null
   */
  public static LastObservation of(
      @Nullable String stage, Instant now, @Nullable LastObservation before) {
    return before != null && Objects.equals(before.stage, stage)
        ? before.again(now)
        : new LastObservation(now, stage, now);
  }

  /** The same stage, observed again. */
  public LastObservation again(Instant now) {
    return new LastObservation(now, stage, stageSince);
  }
}
