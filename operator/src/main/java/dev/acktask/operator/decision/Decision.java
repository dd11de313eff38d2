package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of evaluating one observation.
 *
 * @param status the whole status; equal to the stored one when there is nothing to write
 * @param pollAgainAfter null when the task is not polled again
 * @param reconcileAgainAfter time until a deadline or the end of a TTL, or null
 * @param notFoundSince start of uninterrupted "not found" answers, for the next evaluation; losing
 *     it (a restart) only delays the verdict
 */
public record Decision(
    AckTaskStatus status,
    @Nullable Duration pollAgainAfter,
    @Nullable Duration reconcileAgainAfter,
    List<TaskEvent> events,
    @Nullable Instant notFoundSince) {
  public Decision {
    events = List.copyOf(events);
  }

  Decision withEvent(TaskEvent event) {
    List<TaskEvent> all = new ArrayList<>(events);
    all.add(event);
    return new Decision(status, pollAgainAfter, reconcileAgainAfter, all, notFoundSince);
  }
}
