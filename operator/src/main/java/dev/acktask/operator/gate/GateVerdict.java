package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.GatePhase;
import dev.acktask.operator.api.v1alpha1.GateReason;
import org.jspecify.annotations.Nullable;

/**
 * Content of the Succeeded condition, from which the other gating conditions follow.
 *
 * @param message not yet bounded
 * @param done how many of how many; null for an invalid spec
 * @param blocking what the gate waits for or was closed by; not yet bounded; null if nothing
 */
record GateVerdict(
    GatePhase phase,
    GateReason reason,
    String message,
    @Nullable String done,
    @Nullable String blocking) {

  static GateVerdict waiting(GateReason reason, String message, String done, String blocking) {
    return new GateVerdict(GatePhase.WAITING, reason, message, done, blocking);
  }

  static GateVerdict open(GateReason reason, String message, String done) {
    return new GateVerdict(GatePhase.SUCCEEDED, reason, message, done, null);
  }

  static GateVerdict failed(String message, String done, String blocking) {
    return new GateVerdict(
        GatePhase.FAILED, GateReason.TASK_NOT_SUCCEEDED, message, done, blocking);
  }

  static GateVerdict invalid(String message) {
    return new GateVerdict(GatePhase.STALLED, GateReason.INVALID_SPEC, message, null, null);
  }

  /** Status of the Succeeded condition. */
  String status() {
    return switch (phase) {
      case WAITING -> Condition.UNKNOWN;
      case SUCCEEDED -> Condition.TRUE;
      case FAILED, STALLED -> Condition.FALSE;
    };
  }

  boolean isWaiting() {
    return phase == GatePhase.WAITING;
  }

  /** True if the gate requires manual action. */
  boolean isStalled() {
    return phase == GatePhase.FAILED || phase == GatePhase.STALLED;
  }

  /** True if the verdict does not follow the evidence any more. NoneRunning never settles. */
  boolean isSettled() {
    return !isWaiting() && reason != GateReason.NONE_RUNNING;
  }
}
