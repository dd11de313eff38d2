package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of evaluating one observation.
 *
 * @param status the whole status; equal to the stored one when there is nothing to write
 * @param reconcileAgainAfter time until time alone changes something: a deadline or the end of a
 *     TTL; or null
 */
public record Decision(
    AckTaskStatus status, @Nullable Duration reconcileAgainAfter, List<TaskEvent> events) {
  public Decision {
    events = List.copyOf(events);
  }

  Decision withEvent(TaskEvent event) {
    List<TaskEvent> all = new ArrayList<>(events);
    all.add(event);
    return new Decision(status, reconcileAgainAfter, all);
  }
}
