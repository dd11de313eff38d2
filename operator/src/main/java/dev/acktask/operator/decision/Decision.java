package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one look at the cloud.
 *
 * @param status the whole status; equal to the stored one when there is nothing to write; null only
 *     where none is stored either
 * @param pollAgainAfter null when nothing more is to be asked
 * @param notFoundSince since when the cloud has answered nothing but "not found"; to be handed to
 *     the next evaluation. Forgetting it (a restart) only makes the answer later
 */
public record Decision(
    AckTaskStatus status,
    @Nullable Duration pollAgainAfter,
    List<TaskEvent> events,
    @Nullable Instant notFoundSince) {
  public Decision {
    events = List.copyOf(events);
  }
}
