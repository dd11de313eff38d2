package dev.acktask.operator.connection;

import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.event.ObjectEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of evaluating a connection.
 *
 * @param status the whole status; equal to the stored one when there is nothing to write
 * @param reconcileAgainAfter time until time alone changes something, or null
 */
public record ConnectionDecision(
    ConnectionStatus status, List<ObjectEvent> events, @Nullable Duration reconcileAgainAfter) {
  public ConnectionDecision {
    events = List.copyOf(events);
  }
}
