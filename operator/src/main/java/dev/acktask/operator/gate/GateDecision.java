package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.GatePhase;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.event.ObjectEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of evaluating a gate.
 *
 * @param status the whole status; equal to the stored one when there is nothing to write
 * @param reconcileAgainAfter when time alone changes something; null if it does not
 */
public record GateDecision(
    GateStatus status, List<ObjectEvent> events, @Nullable Duration reconcileAgainAfter) {
  /** Copies the list. */
  public GateDecision {
    events = List.copyOf(events);
  }

  /** True if the gate is open by this decision. */
  public boolean isOpen() {
    return GatePhase.SUCCEEDED.apiName().equals(status.phase());
  }
}
