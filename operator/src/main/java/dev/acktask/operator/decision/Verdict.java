package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.api.v1alpha1.Reason;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Content of the Succeeded condition, from which the other gating conditions follow.
 *
 * @param status of the Succeeded condition: {@code True}, {@code False} or {@code Unknown}
 * @param reason API name of a {@link Reason}
 * @param message bounded and valid for the API server
 */
record Verdict(Phase phase, String status, String reason, String message) {

  /** Final failures that the cloud reported; all other failures can recover. */
  private static final Set<Reason> FINAL_FAILURES =
      EnumSet.of(Reason.TASK_FAILED, Reason.RESULTS_FAILED, Reason.TASK_CANCELED);

  private static final String NO_ANSWER_SINCE = "Was suspended; the cloud has not answered since.";

  static Verdict open(Phase phase, Reason reason, String message) {
    return new Verdict(phase, Condition.UNKNOWN, reason.apiName(), message);
  }

  static Verdict success(String message) {
    return new Verdict(Phase.SUCCEEDED, Condition.TRUE, Reason.TASK_SUCCEEDED.apiName(), message);
  }

  static Verdict failure(Phase phase, Reason reason, String message) {
    return new Verdict(phase, Condition.FALSE, reason.apiName(), message);
  }

  static Verdict notObserved() {
    return open(Phase.PENDING, Reason.NOT_OBSERVED, "The task has not been observed yet.");
  }

  /**
   * The verdict in {@code status}, or NotObserved without one. For a suspended task it is the
   * verdict before the suspension.
   */
  static Verdict of(@Nullable AckTaskStatus status) {
    Condition succeeded = Conditions.find(status, ConditionType.SUCCEEDED);
    if (status == null || succeeded == null) {
      return notObserved();
    }
    if (isSuspended(status)) {
      Phase phase = status.phase() == null ? Phase.PENDING : status.phase();
      return switch (phase) {
        case RUNNING -> open(phase, Reason.RUNNING, NO_ANSWER_SINCE);
        case PAUSED -> open(phase, Reason.PAUSED, NO_ANSWER_SINCE);
        case UNKNOWN -> open(phase, Reason.UNRECOGNIZED_STATE, NO_ANSWER_SINCE);
        default -> notObserved();
      };
    }
    return new Verdict(
        phase(succeeded), succeeded.status(), succeeded.reason(), succeeded.message());
  }

  /**
   * The phase that follows from {@code succeeded}. The stored phase is not used, because another
   * client may have changed it.
   */
  private static Phase phase(Condition succeeded) {
    String reason = succeeded.reason();
    return switch (succeeded.status()) {
      case Condition.TRUE -> Phase.SUCCEEDED;
      case Condition.FALSE -> failurePhase(reason);
      default -> openPhase(reason);
    };
  }

  private static Phase failurePhase(String reason) {
    if (reason.equals(Reason.TASK_CANCELED.apiName())) {
      return Phase.CANCELED;
    }
    return isFinalFailure(reason) ? Phase.FAILED : Phase.STALLED;
  }

  private static boolean isFinalFailure(String reason) {
    return FINAL_FAILURES.stream().anyMatch(failure -> failure.apiName().equals(reason));
  }

  private static Phase openPhase(String reason) {
    if (reason.equals(Reason.RUNNING.apiName())) {
      return Phase.RUNNING;
    }
    if (reason.equals(Reason.PAUSED.apiName())) {
      return Phase.PAUSED;
    }
    return reason.equals(Reason.UNRECOGNIZED_STATE.apiName()) ? Phase.UNKNOWN : Phase.PENDING;
  }

  /** True when {@code status} says Suspended. */
  static boolean isSuspended(@Nullable AckTaskStatus status) {
    Condition succeeded = Conditions.find(status, ConditionType.SUCCEEDED);
    return succeeded != null && Reason.SUSPENDED.apiName().equals(succeeded.reason());
  }

  /** This verdict, or Suspended for an unfinished task whose polling is suspended. */
  Verdict orSuspended(AckTaskSpec spec) {
    if (!spec.suspended() || isFinished()) {
      return this;
    }
    Phase next = isSettled() ? Phase.PENDING : phase;
    return open(next, Reason.SUSPENDED, "Suspended by spec.suspend; no call is made.");
  }

  /** True when the verdict is True or False. */
  boolean isSettled() {
    return !status.equals(Condition.UNKNOWN);
  }

  /** True when the cloud reported a final state. */
  boolean isFinished() {
    return status.equals(Condition.TRUE)
        || (status.equals(Condition.FALSE) && isFinalFailure(reason));
  }

  /** True when the verdict is False, which requires manual action. */
  boolean isStalled() {
    return status.equals(Condition.FALSE);
  }

  boolean agreesWith(Verdict other) {
    return status.equals(other.status) && reason.equals(other.reason);
  }

  boolean hasReason(Reason other) {
    return Objects.equals(reason, other.apiName());
  }
}
