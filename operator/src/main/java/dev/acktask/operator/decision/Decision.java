package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one look at the cloud.
 *
 * @param status the whole status; equal to the stored one when there is nothing to write; null only
 *     where none is stored either
 * @param pollAgainAfter null when nothing more is to be asked
 * @param visitAgainAfter until time alone changes something (a deadline, a TTL); null when it never
 *     does
 * @param notFoundSince since when the cloud has answered nothing but "not found"; to be handed to
 *     the next evaluation. Forgetting it (a restart) only makes the answer later
 */
public record Decision(
    AckTaskStatus status,
    @Nullable Duration pollAgainAfter,
    @Nullable Duration visitAgainAfter,
    List<TaskEvent> events,
    @Nullable Instant notFoundSince) {
  public Decision {
    events = List.copyOf(events);
  }

  /** This decision with one more thing to tell. */
  Decision telling(TaskEvent event) {
    List<TaskEvent> all = new ArrayList<>(events);
    all.add(event);
    return new Decision(status, pollAgainAfter, visitAgainAfter, all, notFoundSince);
  }
}
