package dev.acktask.operator.gate.controller;

import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.discovery.controller.DiscoverySweepListener;
import dev.acktask.operator.gate.GateEvaluator;
import dev.acktask.operator.gate.GateEvidence.ClusterList;
import dev.acktask.operator.gate.GateEvidence.Sweep;
import dev.acktask.operator.polling.SweepResult;
import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The latest lists of the clusters that gates name: numbers and a few ids, not the tasks. Nothing
 * is known after a start, so that no gate is open by what an earlier process knew. Thread-safe.
 */
public final class ClusterLists implements DiscoverySweepListener {
  /** Ids of unfinished tasks that are kept of one list. */
  private static final int MAX_EXAMPLES = 3;

  private record Key(ResourceID discovery, ConnectionKey connection, String clusterId) {}

  /**
   * The latest results of one list.
   *
   * @param start of the latest pass
   * @param sweep the latest that was answered; null without one
   * @param failure why a later one failed; null if none did
   */
  private record Latest(long start, @Nullable Sweep sweep, @Nullable String failure) {
    /** True if a gate has no use for {@code next}. */
    boolean isSameAs(Latest next) {
      return Objects.equals(failure, next.failure)
          && sweep != null
          && next.sweep != null
          && sweep.isComplete() == next.sweep.isComplete()
          && sweep.unfinished() == next.sweep.unfinished()
          && sweep.examples().equals(next.sweep.examples());
    }

    /** True if it can be used for a gate. */
    boolean isUsable(long observed, long now) {
      return sweep != null && ClusterList.of(sweep, observed, now, null).isUsable();
    }
  }

  private final LongSupplier nanoTime;
  private final GateIndex index;
  private final Map<Key, Latest> lists = new HashMap<>();
  private volatile Consumer<ResourceID> listener = gate -> {};

  /**
   * @param nanoTime the monotonic clock of the sweeps
   */
  public ClusterLists(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.index = new GateIndex(nanoTime);
  }

  /** The present time of the monotonic clock. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** The gates whose clusters are kept. */
  GateIndex index() {
    return index;
  }

  /** Sets the listener that receives each gate whose lists changed. */
  void onChange(Consumer<ResourceID> changed) {
    listener = changed;
  }

  @Override
  public void swept(ResourceID discovery, SweepResult result) {
    Set<ResourceID> changed =
        switch (result) {
          case SweepResult.Tasks tasks ->
              put(new Key(discovery, tasks.connection(), tasks.clusterId()), sweep(tasks));
          case SweepResult.Failed failed ->
              failed.list() == SweptList.TASKS
                  ? fail(
                      new Key(discovery, failed.connection(), failed.clusterId()),
                      failed.start(),
                      failed.cause().message())
                  : Set.of();
          case SweepResult.Clusters clusters ->
              clusters.isComplete() ? retain(discovery, clusters) : Set.of();
          case SweepResult.Plans plans -> Set.of();
        };
    changed.forEach(listener);
  }

  @Override
  public void forget(ResourceID discovery) {
    synchronized (this) {
      lists.keySet().removeIf(key -> key.discovery.equals(discovery));
    }
    index.concerned(discovery).forEach(listener);
  }

  /** Forgets the lists that no gate names any more. */
  synchronized void prune() {
    lists.keySet().removeIf(key -> index.concerned(key.discovery, key.clusterId).isEmpty());
  }

  /**
   * The lists of the clusters, by cluster id.
   *
   * @param observed when the gate was observed, on the monotonic clock
   */
  synchronized Map<String, List<ClusterList>> of(
      ResourceID discovery, Set<String> clusterIds, long observed) {
    long now = nanoTime.getAsLong();
    Map<String, List<ClusterList>> found = new TreeMap<>();
    lists.forEach(
        (key, latest) -> {
          if (key.discovery.equals(discovery) && clusterIds.contains(key.clusterId)) {
            found
                .computeIfAbsent(key.clusterId, id -> new ArrayList<>())
                .add(list(latest, observed, now));
          }
        });
    return found;
  }

  /** Time until the first usable list of these is too old; empty without one. */
  synchronized Optional<Duration> untilOutdated(
      ResourceID discovery, Set<String> clusterIds, long observed) {
    long now = nanoTime.getAsLong();
    return lists.entrySet().stream()
        .filter(it -> it.getKey().discovery.equals(discovery))
        .filter(it -> clusterIds.contains(it.getKey().clusterId))
        .filter(it -> it.getValue().isUsable(observed, now))
        .flatMap(it -> Optional.ofNullable(it.getValue().sweep).stream())
        .map(sweep -> GateEvaluator.MAX_AGE.minusNanos(now - sweep.began()))
        .min(Duration::compareTo)
        .map(left -> left.plusMillis(1)); // at this age it is still usable
  }

  private static ClusterList list(Latest latest, long observed, long now) {
    return latest.sweep == null
        ? ClusterList.failed(Objects.requireNonNullElse(latest.failure, ""))
        : ClusterList.of(latest.sweep, observed, now, latest.failure);
  }

  private static Sweep sweep(SweepResult.Tasks result) {
    List<ListedTask> unfinished =
        result.tasks().stream().filter(task -> !task.isFinished()).toList();
    return new Sweep(
        result.start(),
        result.isComplete(),
        unfinished.size(),
        unfinished.stream()
            .map(task -> task.task().taskId())
            .sorted()
            .limit(MAX_EXAMPLES)
            .toList());
  }

  private synchronized Set<ResourceID> put(Key key, Sweep sweep) {
    return put(key, new Latest(sweep.began(), sweep, null));
  }

  private synchronized Set<ResourceID> fail(Key key, long start, String cause) {
    Latest before = lists.get(key);
    return put(key, new Latest(start, before == null ? null : before.sweep, cause));
  }

  /** Returns the gates that {@code next} may change. */
  private Set<ResourceID> put(Key key, Latest next) {
    Map<ResourceID, Long> gates = index.concerned(key.discovery, key.clusterId);
    if (gates.isEmpty()) {
      lists.remove(key);
      return Set.of();
    }
    Latest before = lists.get(key);
    if (before != null && next.start - before.start < 0) {
      return Set.of(); // an earlier pass whose result comes late
    }
    lists.put(key, next);
    long now = nanoTime.getAsLong();
    return gates.entrySet().stream()
        .filter(
            gate ->
                before == null || !before.isSameAs(next) || !before.isUsable(gate.getValue(), now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Forgets the clusters that the connection does not have any more. */
  private synchronized Set<ResourceID> retain(ResourceID discovery, SweepResult.Clusters clusters) {
    Set<String> ids =
        clusters.clusters().stream().map(ListedCluster::clusterId).collect(Collectors.toSet());
    Set<ResourceID> changed = new HashSet<>();
    lists
        .keySet()
        .removeIf(
            key -> {
              boolean isGone =
                  key.discovery.equals(discovery)
                      && key.connection.equals(clusters.connection())
                      && !ids.contains(key.clusterId);
              if (isGone) {
                changed.addAll(index.concerned(discovery, key.clusterId).keySet());
              }
              return isGone;
            });
    return changed;
  }
}
