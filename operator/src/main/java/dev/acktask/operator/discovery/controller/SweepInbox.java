package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.discovery.DiscoveryFindings.Failure;
import dev.acktask.operator.discovery.DiscoveryFindings.Kind;
import dev.acktask.operator.discovery.DiscoverySettings;
import dev.acktask.operator.discovery.SelectedTasks;
import dev.acktask.operator.polling.SweepResult;
import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.TaskRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The results of the sweeps for one version of a discovery that are not handled yet, and the latest
 * failures. Only the selected tasks of a list are kept, and only until they are handled.
 * Thread-safe.
 */
final class SweepInbox {
  /**
   * A cluster is forgotten once no result has come for this time. A refusal is not: that of a
   * connection is reported once.
   */
  private static final Duration EXPIRY = Duration.ofMinutes(15);

  private static final int MAX_CLUSTERS = 10_000;
  private static final int MAX_MAINTENANCE_TASKS = 5_000;

  /**
   * The latest result of a list.
   *
   * @param failure null if it succeeded
   */
  private record Latest(Instant began, @Nullable Failure failure) {}

  private record ListKey(ConnectionKey connection, SweptList list, String clusterId) {}

  private final DiscoverySettings settings;
  private final Clock clock;
  private final Map<ClusterKey, SelectedTasks> unhandled = new HashMap<>();
  private final Map<ListKey, Latest> latest = new HashMap<>();

  /** Ids of plans by that of the task. */
  private final Map<ConnectionKey, Map<String, String>> maintenance = new HashMap<>();

  SweepInbox(DiscoverySettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Takes in a result. A failed list of plans is no failure of the discovery. */
  void put(SweepResult result) {
    switch (result) {
      case SweepResult.Tasks tasks -> {
        SelectedTasks swept =
            SelectedTasks.of(
                settings.selection(), tasks.tasks(), tasks.isComplete(), clock.instant());
        put(tasks, swept);
      }
      case SweepResult.Clusters clusters -> put(clusters);
      case SweepResult.Plans plans -> put(plans);
      case SweepResult.Failed failed -> put(failed);
    }
  }

  /** The clusters whose tasks were listed since they were last taken. */
  synchronized List<ClusterKey> unhandled() {
    return unhandled.keySet().stream()
        .sorted(
            Comparator.comparing((ClusterKey key) -> key.connection().toString())
                .thenComparing(ClusterKey::clusterId))
        .toList();
  }

  /** Takes the tasks of a cluster; empty if another thread has. */
  synchronized Optional<SelectedTasks> take(ClusterKey cluster) {
    return Optional.ofNullable(unhandled.remove(cluster));
  }

  /** Puts back tasks that could not be handled, unless a later sweep has come. */
  synchronized void putBack(ClusterKey cluster, SelectedTasks swept) {
    unhandled.putIfAbsent(cluster, swept);
  }

  /** The clusters with a result, also a failure; those without one for long are forgotten. */
  synchronized Set<ClusterKey> clusters() {
    Instant oldest = clock.instant().minus(EXPIRY);
    latest.values().removeIf(it -> !isRefusal(it) && it.began.isBefore(oldest));
    return latest.keySet().stream()
        .filter(it -> it.list == SweptList.TASKS)
        .map(it -> new ClusterKey(it.connection, it.clusterId))
        .collect(Collectors.toSet());
  }

  /** The lists whose latest sweep failed. */
  synchronized List<Failure> failures() {
    return latest.values().stream()
        .map(Latest::failure)
        .filter(Objects::nonNull)
        .sorted(
            Comparator.comparing((Failure it) -> Objects.requireNonNullElse(it.clusterId(), ""))
                .thenComparing(Failure::reason)
                .thenComparing(Failure::message))
        .toList();
  }

  /** The plan of ACK's maintenance that started the task. */
  synchronized Optional<String> plan(ConnectionKey connection, String taskId) {
    return Optional.ofNullable(maintenance.getOrDefault(connection, Map.of()).get(taskId));
  }

  /** True if no plan has started a task. */
  synchronized boolean hasNoMaintenance() {
    return maintenance.values().stream().allMatch(Map::isEmpty);
  }

  /**
   * Takes over the latest results for an earlier version of the object, if the subscriptions are
   * the same: a failure is not reported again then.
   */
  synchronized void continueFrom(SweepInbox before) {
    boolean isSame =
        before.settings.connections().equals(settings.connections())
            && before.settings.clusters().equals(settings.clusters())
            && before.settings.options().createsTasks() == settings.options().createsTasks();
    if (isSame) {
      before.copyTo(latest, maintenance);
    }
  }

  private synchronized void copyTo(
      Map<ListKey, Latest> results, Map<ConnectionKey, Map<String, String>> plans) {
    results.putAll(latest);
    plans.putAll(maintenance);
  }

  private static boolean isRefusal(Latest latest) {
    return latest.failure != null && latest.failure.kind() == Kind.SWEEP_REFUSED;
  }

  private synchronized void put(SweepResult.Tasks tasks, SelectedTasks swept) {
    ListKey list = new ListKey(tasks.connection(), SweptList.TASKS, tasks.clusterId());
    if (latest.size() < MAX_CLUSTERS || latest.containsKey(list)) {
      latest.put(list, new Latest(tasks.began(), null));
      unhandled.put(new ClusterKey(tasks.connection(), tasks.clusterId()), swept);
    }
  }

  private synchronized void put(SweepResult.Clusters clusters) {
    latest.put(
        new ListKey(clusters.connection(), SweptList.CLUSTERS, ""),
        new Latest(clusters.began(), null));
    if (clusters.isComplete() && settings.clusters().isAll()) {
      Set<String> ids = new HashSet<>();
      clusters.clusters().stream().map(ListedCluster::clusterId).forEach(ids::add);
      latest
          .keySet()
          .removeIf(
              it ->
                  it.list == SweptList.TASKS
                      && it.connection.equals(clusters.connection())
                      && !ids.contains(it.clusterId));
    }
  }

  private synchronized void put(SweepResult.Plans plans) {
    Map<String, String> started = new HashMap<>();
    for (MaintenancePlan plan : plans.plans()) {
      TaskRef task = plan.task();
      if (task != null && started.size() < MAX_MAINTENANCE_TASKS) {
        started.put(task.taskId(), plan.planId());
      }
    }
    maintenance.put(plans.connection(), started);
  }

  private synchronized void put(SweepResult.Failed failed) {
    if (failed.list() == SweptList.PLANS) {
      return;
    }
    String cluster = failed.list() == SweptList.TASKS ? failed.clusterId() : "";
    ListKey list = new ListKey(failed.connection(), failed.list(), cluster);
    if (latest.size() < MAX_CLUSTERS || latest.containsKey(list)) {
      Failure failure = Failure.of(cluster.isEmpty() ? null : cluster, failed.cause());
      latest.put(list, new Latest(failed.began(), failure));
    }
  }
}
