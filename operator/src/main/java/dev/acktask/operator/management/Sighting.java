package dev.acktask.operator.management;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a task was last seen, which no status says: a time of each poll would be a write of each
 * poll.
 *
 * @param lastSync of the last complete answer
 * @param stage that the task was in then
 * @param stageSince when this process first saw it there; the cloud gives stages no reliable times
 */
record Sighting(Instant lastSync, @Nullable String stage, Instant stageSince) {
  /** The same task, in the same stage, seen once more. */
  Sighting again(Instant now) {
    return new Sighting(now, stage, stageSince);
  }
}
