package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.event.ObjectEvent;
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
    AckTaskStatus status, @Nullable Duration reconcileAgainAfter, List<ObjectEvent> events) {
  public Decision {
    events = List.copyOf(events);
  }

  Decision withEvent(ObjectEvent event) {
    List<ObjectEvent> all = new ArrayList<>(events);
    all.add(event);
    return new Decision(status, reconcileAgainAfter, all);
  }
}
