package dev.acktask.operator.discovery;

import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.event.ObjectEvent;
import java.util.List;

/**
 * Result of evaluating a discovery.
 *
 * @param status the whole status; equal to the stored one when there is nothing to write
 * @param canWait true if the status differs from the stored one in numbers only
 */
public record DiscoveryDecision(DiscoveryStatus status, List<ObjectEvent> events, boolean canWait) {
  public DiscoveryDecision {
    events = List.copyOf(events);
  }
}
