package dev.acktask.operator.polling;

import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.polling.SweepSubscription.Clusters;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The subscribers of the sweeps of one connection, and what they want. Not thread-safe. */
final class SweepSubscribers {
  private final Map<ResourceID, SweepSubscription> subscriptions = new LinkedHashMap<>();

  /** Adds or replaces a subscription; true if it wants something else than before. */
  boolean put(ResourceID subscriber, SweepSubscription subscription) {
    SweepSubscription before = subscriptions.put(subscriber, subscription);
    return before == null || !before.isSameAs(subscription);
  }

  void remove(ResourceID subscriber) {
    subscriptions.remove(subscriber);
  }

  boolean isEmpty() {
    return subscriptions.isEmpty();
  }

  /** True if a subscriber wants all clusters. */
  boolean wantClusters() {
    return subscriptions.values().stream().anyMatch(it -> it.clusters() instanceof Clusters.All);
  }

  /** True if a subscriber wants the plans of ACK's maintenance. */
  boolean wantPlans() {
    return subscriptions.values().stream().anyMatch(SweepSubscription::withPlans);
  }

  /**
   * The clusters that are wanted.
   *
   * @param known all clusters of the connection
   */
  Set<String> clusters(Set<String> known) {
    Set<String> wanted = new HashSet<>();
    for (SweepSubscription each : subscriptions.values()) {
      switch (each.clusters()) {
        case Clusters.Ids ids -> wanted.addAll(ids.ids());
        case Clusters.All all ->
            known.stream().filter(id -> !all.exclude().contains(id)).forEach(wanted::add);
      }
    }
    return wanted;
  }

  /** The listeners that want {@code result}. */
  List<Consumer<SweepResult>> listeners(SweepResult result) {
    return subscriptions.values().stream()
        .filter(it -> wants(it, result))
        .map(SweepSubscription::listener)
        .toList();
  }

  private static boolean wants(SweepSubscription subscription, SweepResult result) {
    return switch (result) {
      case SweepResult.Tasks tasks -> wantsCluster(subscription, tasks.clusterId());
      case SweepResult.Clusters clusters -> subscription.clusters() instanceof Clusters.All;
      case SweepResult.Plans plans -> subscription.withPlans();
      case SweepResult.Failed failed -> wantsList(subscription, failed.list(), failed.clusterId());
    };
  }

  private static boolean wantsList(
      SweepSubscription subscription, SweptList list, String clusterId) {
    return switch (list) {
      case TASKS -> wantsCluster(subscription, clusterId);
      case CLUSTERS -> subscription.clusters() instanceof Clusters.All;
      case PLANS -> subscription.withPlans();
    };
  }

  private static boolean wantsCluster(SweepSubscription subscription, String clusterId) {
    return switch (subscription.clusters()) {
      case Clusters.Ids ids -> ids.ids().contains(clusterId);
      case Clusters.All all -> !all.exclude().contains(clusterId);
    };
  }
}
