package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.gate.GateTask.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An AckTask of {@link GateModelWorld}. */
final class GateModelTask {
  /** What the operator wrote about it. */
  enum Verdict {
    NOT_OBSERVED(Outcome.UNFINISHED, Phase.PENDING),
    RUNNING(Outcome.UNFINISHED, Phase.RUNNING),
    SUSPENDED(Outcome.UNFINISHED, Phase.PAUSED),
    UNRECOGNIZED(Outcome.UNFINISHED, Phase.UNKNOWN),
    SUCCEEDED(Outcome.SUCCEEDED, Phase.SUCCEEDED),
    FAILED(Outcome.NOT_SUCCEEDED, Phase.FAILED),
    STALLED(Outcome.NOT_SUCCEEDED, Phase.STALLED);

    private final Outcome outcome;
    private final Phase phase;

    Verdict(Outcome outcome, Phase phase) {
      this.outcome = outcome;
      this.phase = phase;
    }
  }

  final String name;
  final String clusterId;
  boolean hasLabel;
  boolean isBeingDeleted;

  /** True if another client wrote the status last. */
  boolean isForeign;

  boolean isSynced = true;
  Verdict verdict = Verdict.NOT_OBSERVED;

  /** Creation time of the task, once it is observed; null if the cloud sends none. */
  @Nullable Instant created;

  GateModelTask(String name, String clusterId, boolean hasLabel, @Nullable Instant created) {
    this.name = name;
    this.clusterId = clusterId;
    this.hasLabel = hasLabel;
    this.created = created;
  }

  boolean isSucceeded() {
    return verdict == Verdict.SUCCEEDED && !isForeign;
  }

  boolean isFailed() {
    return (verdict == Verdict.FAILED || verdict == Verdict.STALLED) && !isForeign;
  }

  @Nullable Instant knownCreation() {
    return verdict == Verdict.NOT_OBSERVED || isForeign ? null : created;
  }

  /** As the controller reads it: nothing counts that another client wrote. */
  GateTask read() {
    return GateTask.builder(name, isForeign ? Outcome.UNFINISHED : verdict.outcome)
        .phase((isForeign ? Phase.PENDING : verdict.phase).apiName())
        .clusterId(clusterId)
        .taskCreated(knownCreation())
        .message(verdict + ".")
        .syncProblem(isSynced ? null : "No answer.")
        .build();
  }
}
