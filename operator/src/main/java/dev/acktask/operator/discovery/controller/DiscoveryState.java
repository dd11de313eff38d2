package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus.Watermark;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.discovery.ClusterProgress;
import dev.acktask.operator.discovery.DiscoveryFindings.Failure;
import dev.acktask.operator.discovery.TaskCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of one discovery, beyond its object. The progress in memory is newer than
 * that of a cached object, and stays when the status cannot be written. Thread-safe.
 */
final class DiscoveryState {
  /** As in the CRD. */
  static final int MAX_WATERMARKS = 1_000;

  /**
   * What became of the latest list of a cluster.
   *
   * @param listed number of tasks in the list
   * @param waiting number of tasks that get no AckTask because of {@code spec.limit}
   * @param failure of a creation, or null
   */
  record Handled(int listed, TaskCounts counts, int waiting, @Nullable Failure failure) {}

  private final String uid;
  private final Map<ClusterKey, ClusterProgress> progress = new HashMap<>();
  private final Map<ClusterKey, Handled> handled = new HashMap<>();
  private final List<String> createdNow = new ArrayList<>();
  private long created;
  private int givenUp;
  private boolean isLoaded;
  private OptionalLong writtenAt = OptionalLong.empty();
  private long generation = -1;
  private @Nullable SweepInbox inbox;

  DiscoveryState(String uid) {
    this.uid = uid;
  }

  String uid() {
    return uid;
  }

  /** Takes in the status, unless one was taken in before. */
  synchronized void load(@Nullable DiscoveryStatus trusted, Instant now) {
    if (!isLoaded) {
      isLoaded = true;
      merge(trusted, now);
    }
  }

  /** Takes in a status that another replica may have written. */
  synchronized void merge(@Nullable DiscoveryStatus trusted, Instant now) {
    if (trusted == null) {
      return;
    }
    for (Watermark stored : trusted.watermarks()) {
      progress.merge(
          key(stored), ClusterProgress.of(stored, now), (mine, other) -> mine.merge(other));
    }
    if (trusted.tasks() != null) {
      created = Math.max(created, trusted.tasks().created());
    }
  }

  /** True if {@code observed} is another version than the one whose sweeps are received. */
  synchronized boolean isOutdated(long observed) {
    return generation != observed;
  }

  /**
   * Starts with a version of the object.
   *
   * @param sweeps receives its sweeps; null if nothing is swept
   */
  synchronized void begin(long observed, @Nullable SweepInbox sweeps) {
    generation = observed;
    inbox = sweeps;
    handled.clear();
    givenUp = 0;
  }

  synchronized Optional<SweepInbox> inbox() {
    return Optional.ofNullable(inbox);
  }

  synchronized ClusterProgress progress(ClusterKey cluster) {
    return progress.getOrDefault(cluster, ClusterProgress.NONE);
  }

  /** True if the progress of {@code cluster} can be kept in the status. */
  synchronized boolean hasRoomFor(ClusterKey cluster) {
    return progress.containsKey(cluster) || progress.size() < MAX_WATERMARKS;
  }

  synchronized void advance(ClusterKey cluster, ClusterProgress after) {
    if (!after.equals(ClusterProgress.NONE)) {
      progress.put(cluster, after);
    }
  }

  synchronized void addHandled(ClusterKey cluster, Handled result) {
    handled.put(cluster, result);
  }

  /** Adds tasks that get no AckTask any more; see {@link ClusterProgress#givenUp}. */
  synchronized void addGivenUp(int tasks) {
    givenUp += tasks;
  }

  /** Tasks that were given up with the present version of the object. */
  synchronized int givenUp() {
    return givenUp;
  }

  synchronized void addCreated(String name) {
    created++;
    createdNow.add(name);
  }

  synchronized long created() {
    return created;
  }

  /** Names of the created AckTasks that are in no event yet. */
  synchronized List<String> createdNow() {
    return List.copyOf(createdNow);
  }

  /**
   * The status was written, with the event for the created AckTasks.
   *
   * @param now of a monotonic clock, in nanoseconds
   */
  synchronized void written(long now) {
    createdNow.clear();
    writtenAt = OptionalLong.of(now);
  }

  /** When this process last wrote the status. */
  synchronized OptionalLong writtenAt() {
    return writtenAt;
  }

  /** The results of the clusters that are swept at present. */
  synchronized Map<ClusterKey, Handled> handled() {
    if (inbox != null) {
      handled.keySet().retainAll(inbox.clusters());
    }
    return Map.copyOf(handled);
  }

  /** In a fixed order. */
  synchronized List<Watermark> watermarks() {
    return progress.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<ClusterKey, ClusterProgress> it) -> label(it.getKey()))
                .thenComparing(it -> it.getKey().clusterId()))
        .flatMap(this::stored)
        .toList();
  }

  private Stream<Watermark> stored(Map.Entry<ClusterKey, ClusterProgress> entry) {
    ClusterKey key = entry.getKey();
    return entry.getValue().stored(label(key), key.clusterId(), progress.size());
  }

  private static String label(ClusterKey cluster) {
    return cluster.connection().label();
  }

  private static ClusterKey key(Watermark stored) {
    String label = stored.connection();
    int slash = label.indexOf('/');
    ConnectionKey connection =
        label.equals(ConnectionKey.BUILT_IN.label())
            ? ConnectionKey.BUILT_IN
            : slash < 0
                ? ConnectionKey.cluster(label)
                : ConnectionKey.namespaced(label.substring(0, slash), label.substring(slash + 1));
    return new ClusterKey(connection, stored.clusterId());
  }
}
