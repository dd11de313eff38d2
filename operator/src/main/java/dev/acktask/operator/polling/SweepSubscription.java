package dev.acktask.operator.polling;

import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is swept for one subscriber.
 *
 * @param connections references; empty for the default connection
 * @param withPlans true to list the plans of ACK's maintenance as well
 * @param listener receives every result, in a thread of the sweeps that must not be blocked for
 *     long; what it throws is logged
 */
public record SweepSubscription(
    List<ConnectionRef> connections,
    Clusters clusters,
    boolean withPlans,
    Consumer<SweepResult> listener) {
  /** Copies the list. */
  public SweepSubscription {
    connections = List.copyOf(connections);
  }

  /** True if both want the same, whatever the listener. */
  boolean isSameAs(SweepSubscription other) {
    return connections.equals(other.connections)
        && clusters.equals(other.clusters)
        && withPlans == other.withPlans;
  }

  /** The clusters to sweep. */
  public sealed interface Clusters {
    /** These, whether or not they exist. */
    record Ids(Set<String> ids) implements Clusters {}

    /** All that the connection lists, but these. */
    record All(Set<String> exclude) implements Clusters {}
  }
}
