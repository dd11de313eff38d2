package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.GateReason;

/**
 * Content of the Synced condition: whether what the gate reads is up to date. No gating condition
 * depends on it.
 *
 * @param message not yet bounded
 */
record GateSync(GateReason reason, String message) {
  /** Nothing fails. */
  static final GateSync OBSERVED =
      new GateSync(GateReason.OBSERVED, "No poll or sweep that the gate depends on fails.");

  /** The AckTask, whose poll fails, keeps its last verdict. */
  static GateSync failed(GateTask task) {
    return new GateSync(
        GateReason.TASK_NOT_SYNCED, "AckTask " + task.name() + ": " + task.syncProblem());
  }

  /** The tasks of the cluster cannot be listed. */
  static GateSync failed(String clusterId, String cause) {
    return new GateSync(
        GateReason.SWEEP_FAILED,
        "The tasks of cluster " + clusterId + " cannot be listed: " + cause);
  }

  boolean isFailed() {
    return reason != GateReason.OBSERVED;
  }

  String status() {
    return isFailed() ? Condition.FALSE : Condition.TRUE;
  }
}
