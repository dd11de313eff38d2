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
 * What is known of the task's outcome: the content of the Succeeded condition and what follows from
 * it for the other gating conditions.
 *
 * @param status of the Succeeded condition: {@code True}, {@code False} or {@code Unknown}
 * @param reason in the spelling of the API
 * @param message bounded and fit for the API server
 */
record Verdict(Phase phase, String status, String reason, String message) {

  /** Reasons of a False verdict that the cloud itself spoke; all others can recover. */
  private static final Set<Reason> FINAL_FAILURES =
      EnumSet.of(Reason.TASK_FAILED, Reason.RESULTS_FAILED, Reason.TASK_CANCELED);

  private static final String NOT_LOOKED_SINCE = "Was suspended; the cloud has not answered since.";

  static Verdict open(Phase phase, Reason reason, String message) {
    return new Verdict(phase, Condition.UNKNOWN, reason.word(), message);
  }

  static Verdict success(String message) {
    return new Verdict(Phase.SUCCEEDED, Condition.TRUE, Reason.TASK_SUCCEEDED.word(), message);
  }

  static Verdict failure(Phase phase, Reason reason, String message) {
    return new Verdict(phase, Condition.FALSE, reason.word(), message);
  }

  static Verdict notObserved() {
    return open(Phase.PENDING, Reason.NOT_OBSERVED, "The task has not been seen yet.");
  }

  /**
   * The verdict that {@code status} carries; not observed where it carries none. Of a status that
   * says Suspended it is the one that held before.
   */
  static Verdict of(@Nullable AckTaskStatus status) {
    Condition succeeded = Conditions.find(status, ConditionType.SUCCEEDED);
    if (status == null || succeeded == null) {
      return notObserved();
    }
    if (suspendedIn(status)) {
      Phase phase = status.phase() == null ? Phase.PENDING : status.phase();
      return switch (phase) {
        case RUNNING -> open(phase, Reason.RUNNING, NOT_LOOKED_SINCE);
        case PAUSED -> open(phase, Reason.PAUSED, NOT_LOOKED_SINCE);
        case UNKNOWN -> open(phase, Reason.UNRECOGNIZED_STATE, NOT_LOOKED_SINCE);
        default -> notObserved();
      };
    }
    return new Verdict(
        phase(succeeded), succeeded.status(), succeeded.reason(), succeeded.message());
  }

  /**
   * The phase that goes with {@code succeeded}, whatever the stored one is: somebody may have
   * written that one alone.
   */
  private static Phase phase(Condition succeeded) {
    String reason = succeeded.reason();
    return switch (succeeded.status()) {
      case Condition.TRUE -> Phase.SUCCEEDED;
      case Condition.FALSE -> failed(reason);
      default -> unfinished(reason);
    };
  }

  private static Phase failed(String reason) {
    if (reason.equals(Reason.TASK_CANCELED.word())) {
      return Phase.CANCELED;
    }
    boolean spoken = FINAL_FAILURES.stream().anyMatch(failure -> failure.word().equals(reason));
    return spoken ? Phase.FAILED : Phase.STALLED;
  }

  private static Phase unfinished(String reason) {
    if (reason.equals(Reason.RUNNING.word())) {
      return Phase.RUNNING;
    }
    if (reason.equals(Reason.PAUSED.word())) {
      return Phase.PAUSED;
    }
    return reason.equals(Reason.UNRECOGNIZED_STATE.word()) ? Phase.UNKNOWN : Phase.PENDING;
  }

  /** True when {@code status} says that no call is made. */
  static boolean suspendedIn(@Nullable AckTaskStatus status) {
    Condition succeeded = Conditions.find(status, ConditionType.SUCCEEDED);
    return succeeded != null && Reason.SUSPENDED.word().equals(succeeded.reason());
  }

  /**
   * This verdict as {@code spec} lets it be shown: of an unfinished task that is suspended, none.
   */
  Verdict under(AckTaskSpec spec) {
    if (!spec.suspended() || finished()) {
      return this;
    }
    Phase shown = settled() ? Phase.PENDING : phase;
    return open(shown, Reason.SUSPENDED, "Suspended by spec.suspend; no call is made.");
  }

  /** True when nothing more will come by itself. */
  boolean settled() {
    return !status.equals(Condition.UNKNOWN);
  }

  /** True when the cloud has spoken its last word on this task. */
  boolean finished() {
    return status.equals(Condition.TRUE)
        || (status.equals(Condition.FALSE)
            && FINAL_FAILURES.stream().anyMatch(failure -> failure.word().equals(reason)));
  }

  /** True when a person has to act before anything can change. */
  boolean stalled() {
    return status.equals(Condition.FALSE);
  }

  /** True when both say the same outcome. */
  boolean agrees(Verdict other) {
    return status.equals(other.status) && reason.equals(other.reason);
  }

  boolean is(Reason other) {
    return Objects.equals(reason, other.word());
  }
}
