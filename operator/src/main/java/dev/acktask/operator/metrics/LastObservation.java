package dev.acktask.operator.metrics;

import java.time.Instant;
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
record LastObservation(Instant lastSync, @Nullable String stage, Instant stageSince) {
  /** The same stage, observed again. */
  LastObservation again(Instant now) {
    return new LastObservation(now, stage, stageSince);
  }
}
