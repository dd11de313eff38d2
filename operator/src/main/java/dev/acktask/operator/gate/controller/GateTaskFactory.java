package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.gate.GateTask;
import dev.acktask.operator.gate.GateTask.Outcome;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import dev.acktask.operator.text.CloudTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an AckTask for a gate. Only a status counts that the operator wrote last, for the task that
 * the spec names: a status by another client neither opens nor closes a gate.
 */
final class GateTaskFactory {
  private static final String FOREIGN =
      "Another client wrote the status last. The operator has not replaced it yet.";

  private GateTaskFactory() {}

  static GateTask of(AckTask task) {
    AckTaskSnapshot snapshot = AckTaskSnapshotFactory.of(task);
    String name = task.getMetadata().getName();
    String specCluster = snapshot.spec().clusterId();
    AckTaskStatus status = snapshot.status();
    if (status == null) {
      return unfinished(name, specCluster, "");
    }
    if (!snapshot.operatorWroteStatus()) {
      return unfinished(name, specCluster, snapshot.isStatusWritten() ? FOREIGN : "");
    }
    Optional<Condition> succeeded = condition(status, ConditionType.SUCCEEDED);
    return GateTask.builder(name, outcome(snapshot, status, succeeded))
        .phase(Objects.requireNonNullElse(status.phase(), Phase.PENDING).apiName())
        .clusterId(status.clusterId() == null ? specCluster : status.clusterId())
        .taskCreated(CloudTime.instant(status.createdTime()))
        .message(succeeded.map(Condition::message).orElse(""))
        .syncProblem(
            condition(status, ConditionType.SYNCED)
                .filter(synced -> Condition.FALSE.equals(synced.status()))
                .map(Condition::message)
                .orElse(null))
        .build();
  }

  /** An AckTask that may be a member of a gate, and that neither opens nor closes it. */
  static GateTask unfinished(String name, @Nullable String clusterId, String message) {
    return GateTask.builder(name, Outcome.UNFINISHED).clusterId(clusterId).message(message).build();
  }

  private static Outcome outcome(
      AckTaskSnapshot snapshot, AckTaskStatus status, Optional<Condition> succeeded) {
    String verdict = succeeded.map(Condition::status).orElse(Condition.UNKNOWN);
    // A malformed id is refused before a status names it.
    boolean isOfThisTask = Objects.equals(status.taskId(), snapshot.spec().taskId());
    return switch (verdict) {
      case Condition.TRUE -> isOfThisTask ? Outcome.SUCCEEDED : Outcome.UNFINISHED;
      case Condition.FALSE ->
          isOfThisTask || status.taskId() == null ? Outcome.NOT_SUCCEEDED : Outcome.UNFINISHED;
      default -> Outcome.UNFINISHED;
    };
  }

  private static Optional<Condition> condition(AckTaskStatus status, ConditionType type) {
    return status.conditions().stream().filter(it -> type.apiName().equals(it.type())).findFirst();
  }
}
