package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import dev.acktask.operator.text.CloudTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for tasks that are unfinished or have failed: deletes the AckTasks of a discovery that
 * have succeeded or were canceled, the oldest first. Never one that is unfinished or has failed,
 * nor one whose outcome is in the status for less than ten minutes.
 */
final class FinishedAckTasks {
  private static final Logger log = LoggerFactory.getLogger(FinishedAckTasks.class);

  /** As after {@code spec.ttlSecondsAfterFinished}: alerts and waiters can observe the outcome. */
  private static final Duration MIN_RETENTION = Duration.ofMinutes(10);

  private final KnownAckTasks known;
  private final AckTaskCreator creator;
  private final Clock clock;

  FinishedAckTasks(KnownAckTasks known, AckTaskCreator creator, Clock clock) {
    this.known = known;
    this.creator = creator;
    this.clock = clock;
  }

  /** Deletes at most {@code count}, and returns how many. */
  int remove(String namespace, String label, int count) {
    Instant latest = clock.instant().minus(MIN_RETENTION);
    return (int)
        known.of(namespace, label).stream()
            .filter(task -> settled(task).filter(since -> !since.isAfter(latest)).isPresent())
            .sorted(
                Comparator.comparing((AckTask task) -> settled(task).orElse(Instant.MAX))
                    .thenComparing(task -> task.getMetadata().getName()))
            .limit(count)
            .filter(this::delete)
            .count();
  }

  private boolean delete(AckTask task) {
    boolean isDeleted = creator.delete(task);
    if (isDeleted) {
      log.atInfo()
          .addKeyValue("namespace", task.getMetadata().getNamespace())
          .addKeyValue("name", task.getMetadata().getName())
          .log("Deleted a finished AckTask, spec.limit of its discovery is reached");
    }
    return isDeleted;
  }

  /** Since when the outcome is in the status; empty if the object is not to be deleted. */
  private static Optional<Instant> settled(AckTask task) {
    AckTaskSnapshot snapshot = AckTaskSnapshotFactory.of(task);
    AckTaskStatus status = snapshot.operatorWroteStatus() ? snapshot.status() : null;
    if (status == null
        || !snapshot.isFinished()
        || task.isMarkedForDeletion()
        || (status.phase() != Phase.SUCCEEDED && status.phase() != Phase.CANCELED)) {
      return Optional.empty();
    }
    return status.conditions().stream()
        .filter(it -> ConditionType.SUCCEEDED.apiName().equals(it.type()))
        .map(Condition::lastTransitionTime)
        .map(CloudTime::instant)
        .filter(Objects::nonNull)
        .findFirst();
  }
}
