package dev.acktask.operator.polling;

import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskLookup;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An unfinished task and the objects that name it. Exists as long as one of them is to be polled.
 * Not thread-safe.
 */
final class TrackedTask {
  /**
   * An object that is polled.
   *
   * @param since when it was added, on the monotonic clock, nanoseconds
   * @param requestOrder of its present refresh request among polls and refresh requests
   */
  record TrackedObject(AckTaskSnapshot snapshot, String namespace, long since, long requestOrder) {}

  final TaskKey key;
  private final Map<ResourceID, TrackedObject> objects = new HashMap<>(2);

  /** Digest of the last answer; null when the next one has to be read in full. */
  @Nullable AnswerDigest digest;

  /** What the list of the cluster says about the task. */
  final SweptTask swept = new SweptTask();

  private @Nullable String answeredCluster;
  private @Nullable Instant notFoundSince;
  private @Nullable Instant outageSince;
  private @Nullable Instant lastSync;

  /** The poll under way, or null. */
  @Nullable Poll poll;

  /** True once the cloud has reported a final state. */
  boolean isFinal;

  /** True once a poll has ended. */
  boolean isPolled;

  private TrackedTask(TaskKey key) {
    this.key = key;
  }

  /**
   * A task without objects.
   *
   * @param known the latest observation, or null
   */
  static TrackedTask of(TaskKey key, @Nullable Observation known) {
    TrackedTask task = new TrackedTask(key);
    task.isFinal = known != null && known.isFinal();
    return task;
  }

  @Nullable TrackedObject object(ResourceID id) {
    return objects.get(id);
  }

  /** True if this is the task of {@code snapshot}, and {@code id} is not another object's yet. */
  boolean isFor(ResourceID id, AckTaskSnapshot snapshot) {
    TrackedObject object = objects.get(id);
    return object != null
        && object.snapshot.uid().equals(snapshot.uid())
        && key.task().taskId().equals(snapshot.spec().taskId());
  }

  /** Adds an object or replaces its earlier version. */
  TrackedObject put(ResourceID id, AckTaskSnapshot snapshot, long now, long order) {
    TrackedObject before = objects.get(id);
    String request = snapshot.refreshRequest();
    TrackedObject object =
        new TrackedObject(
            snapshot,
            id.getNamespace().orElse(""),
            before == null ? now : before.since,
            before != null && request != null && request.equals(before.snapshot.refreshRequest())
                ? before.requestOrder
                : order);
    objects.put(id, object);
    return object;
  }

  /** Removes an object; true if it was the last one. */
  boolean remove(ResourceID id) {
    objects.remove(id);
    return objects.isEmpty();
  }

  /** True if several objects name the task. */
  boolean isShared() {
    return objects.size() > 1;
  }

  List<ResourceID> ids() {
    return List.copyOf(objects.keySet());
  }

  /** The present objects. */
  Collection<TrackedObject> objects() {
    return objects.values();
  }

  /** The cluster of the task: that of a spec, or of the last answer; null if neither names one. */
  @Nullable String cluster() {
    return objects.values().stream()
        .map(object -> object.snapshot.spec().clusterId())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(answeredCluster);
  }

  /** True if the next answer is waited for, or has to be read in full. */
  boolean isAwaited() {
    return poll != null
        || digest == null
        || failingSince() != null
        || objects.values().stream()
            .anyMatch(it -> it.snapshot.isRefreshRequested() || it.snapshot.hasForgedVerdict());
  }

  /** The namespace that the next poll is charged to. */
  String namespace() {
    return objects.values().iterator().next().namespace;
  }

  /** An object with a refresh request that the poll with this order cannot answer. */
  Optional<TrackedObject> requestedSince(long order) {
    return objects.values().stream()
        .filter(object -> object.snapshot.isRefreshRequested() && object.requestOrder > order)
        .findAny();
  }

  /** True if an object waits for the answer to its refresh request. */
  boolean isRequested() {
    return objects.values().stream().anyMatch(object -> object.snapshot.isRefreshRequested());
  }

  /**
   * Takes in the outcome of a poll.
   *
   * @param before the observation before it, or null
   */
  void recordOutcome(TaskLookup lookup, Instant now, @Nullable Observation before) {
    boolean isUnchanged = lookup instanceof TaskLookup.Unchanged;
    boolean isNotFound = lookup instanceof TaskLookup.NotFound;
    boolean isOutage = !(isUnchanged || isNotFound || lookup instanceof TaskLookup.Found);
    notFoundSince = !isNotFound ? null : notFoundSince == null ? now : notFoundSince;
    outageSince = !isOutage ? null : outageSince == null ? outageStart(now) : outageSince;
    isPolled = true;
    isFinal = isUnchanged ? before != null && before.isFinal() : Observation.isFinal(lookup);
    if (lookup instanceof TaskLookup.Found found) {
      String cluster = found.task().clusterId();
      answeredCluster = cluster == null ? null : cluster.strip();
    }
    if (isUnchanged || lookup instanceof TaskLookup.Found) {
      lastSync = now;
    }
  }

  /** When the unfinished task last answered; empty if it has not. */
  Optional<Instant> lastSync() {
    return isFinal ? Optional.empty() : Optional.ofNullable(lastSync);
  }

  /** Start of the present series of "not found" answers or of the outage; null without one. */
  @Nullable Instant failingSince() {
    return notFoundSince == null ? outageSince : notFoundSince;
  }

  /** How long the cloud has not known the task; null if it does. */
  @Nullable Duration notFoundFor(Instant now) {
    return notFoundSince == null ? null : Duration.between(notFoundSince, now);
  }

  /** True if no object may have an answer about the task's cluster. */
  boolean isInAnotherCluster(TaskLookup lookup) {
    return lookup instanceof TaskLookup.Found found
        && objects.values().stream()
            .allMatch(object -> object.snapshot.isInAnotherCluster(found.task()));
  }

  /** When the outage began, also if that was before a restart of the operator. */
  private Instant outageStart(Instant now) {
    return objects.values().stream()
        .map(object -> object.snapshot.failedSince())
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder())
        .filter(start -> start.isBefore(now))
        .orElse(now);
  }
}
