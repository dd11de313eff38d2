package dev.acktask.operator.polling;

import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.MaintenancePlan;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lists of one connection that are swept: for whom, and which is next. A cluster is swept if a
 * subscriber wants it, or if that is cheaper than the polls of its tasks. Times are values of one
 * monotonic clock in nanoseconds. Not thread-safe.
 */
final class SweptLists {
  /** Clusters of a connection that are swept because all are wanted. */
  static final int MAX_CLUSTERS = 1_000;

  /** Shortest time between two decisions because of changed tasks. */
  private static final Duration DECISION_INTERVAL = Duration.ofSeconds(1);

  private final SweptTasks tasks;
  private final SweepSubscribers subscribers = new SweepSubscribers();
  private final Map<String, SweptCluster> clusters = new HashMap<>();
  private final SweptListing<ListedCluster> clusterList;
  private final SweptListing<MaintenancePlan> planList;
  private Set<String> known = Set.of();
  private @Nullable SweptListing<?> next;
  private boolean isNextKnown;
  private long decidedChanges = -1;
  private long nextDecision;

  /**
   * @param tasks whose polls the sweeps stand in for
   */
  SweptLists(SweptTasks tasks, long now) {
    this.tasks = tasks;
    this.nextDecision = now;
    this.clusterList =
        new SweptListing<>(SweptList.CLUSTERS, "", ListedCluster::clusterId, MAX_CLUSTERS, now);
    this.planList =
        new SweptListing<>(
            SweptList.PLANS, "", MaintenancePlan::planId, SweptCluster.MAX_TASKS, now);
  }

  /** Adds or replaces a subscription. What it adds is swept at once. */
  void subscribe(ResourceID subscriber, SweepSubscription subscription, long now) {
    Set<String> before = subscribers.clusters(known);
    boolean hadPlans = subscribers.wantPlans();
    if (!subscribers.put(subscriber, subscription)) {
      return;
    }
    decide(now);
    subscribers.clusters(known).stream()
        .filter(id -> !before.contains(id))
        .flatMap(id -> Stream.ofNullable(clusters.get(id)))
        .forEach(cluster -> cluster.listing().expedite(now));
    if (subscription.clusters() instanceof SweepSubscription.Clusters.All) {
      clusterList.expedite(now);
    }
    if (subscription.withPlans() && !hadPlans) {
      planList.expedite(now);
    }
  }

  /** Ends a subscription. */
  void unsubscribe(ResourceID subscriber, long now) {
    subscribers.remove(subscriber);
    decide(now);
  }

  boolean hasSubscribers() {
    return !subscribers.isEmpty();
  }

  /** The listeners that want {@code result}. */
  List<Consumer<SweepResult>> listeners(SweepResult result) {
    return subscribers.listeners(result);
  }

  /** The list of all clusters. */
  SweptListing<ListedCluster> clusterList() {
    return clusterList;
  }

  /** The list of the plans of ACK's maintenance. */
  SweptListing<MaintenancePlan> planList() {
    return planList;
  }

  /** The cluster; empty if it was forgotten, which it is not while a page is read. */
  Optional<SweptCluster> cluster(String clusterId) {
    return Optional.ofNullable(clusters.get(clusterId));
  }

  /** Pages of one sweep of each cluster. */
  long pages() {
    return clusters.values().stream()
        .filter(SweptCluster::isWanted)
        .mapToLong(it -> it.listing().pages())
        .sum();
  }

  /** Takes in the clusters of the connection. Without a complete list the others stay. */
  void listed(List<ListedCluster> listed, boolean isComplete, long now) {
    known =
        Stream.concat(
                listed.stream().map(ListedCluster::clusterId),
                isComplete ? Stream.of() : known.stream())
            .distinct()
            .limit(MAX_CLUSTERS)
            .collect(Collectors.toUnmodifiableSet());
    decide(now);
  }

  /** Decides again what is swept if the tasks have changed, at most once a second. */
  void update(long now) {
    if (now - nextDecision >= 0 && tasks.clusterChanges() != decidedChanges) {
      decide(now);
    }
  }

  /** A list is being read, or has been: another one is next. */
  void moved() {
    isNextKnown = false;
  }

  /** The list whose page is due first; null without one. */
  @Nullable SweptListing<?> next() {
    if (!isNextKnown) {
      Stream<SweptListing<?>> wanted =
          Stream.concat(
              clusters.values().stream().filter(SweptCluster::isWanted).map(it -> it.listing()),
              Stream.concat(
                  Stream.of(clusterList).filter(it -> subscribers.wantClusters()),
                  Stream.of(planList).filter(it -> subscribers.wantPlans())));
      next =
          wanted
              .filter(it -> !it.isReading())
              .reduce((a, b) -> b.due() - a.due() < 0 ? b : a)
              .orElse(null);
      isNextKnown = true;
    }
    return next;
  }

  /** Decides what is swept. A cluster without tasks and subscribers is forgotten. */
  private void decide(long now) {
    nextDecision = now + DECISION_INTERVAL.toNanos();
    decidedChanges = tasks.clusterChanges();
    isNextKnown = false;
    Map<String, Integer> unfinished = tasks.unfinishedByCluster();
    Set<String> subscribed = subscribers.clusters(known);
    Set<String> all = new TreeSet<>(unfinished.keySet());
    all.addAll(subscribed);
    all.removeIf(id -> !ListedCluster.isId(id));
    // The wait after a failure outlives what the sweep was wanted for.
    clusters
        .entrySet()
        .removeIf(it -> !all.contains(it.getKey()) && it.getValue().listing().isForgettable(now));
    all.forEach(id -> clusters.computeIfAbsent(id, none -> new SweptCluster(id, now)));
    clusters.forEach(
        (id, it) -> it.update(unfinished.getOrDefault(id, 0), subscribed.contains(id)));
    if (!subscribers.wantClusters()) {
      clusterList.abandon();
    }
    if (!subscribers.wantPlans()) {
      planList.abandon();
    }
  }
}
