package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Reason;
import dev.acktask.operator.task.TaskLookup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the mirror sees the cloud: the content of the Synced condition. Gating conditions never
 * flap with it.
 */
record Sync(String status, String reason, String message) {

  static Sync seen(String message) {
    return new Sync(Condition.TRUE, Reason.OBSERVED.word(), message);
  }

  static Sync lost(Reason cause, String message) {
    return new Sync(Condition.FALSE, cause.word(), message);
  }

  static Sync lost(TaskLookup.Throttled lookup) {
    return lost(Reason.THROTTLED, lookup.message());
  }

  static Sync lost(TaskLookup.Rejected lookup) {
    return lost(reason(lookup.cause()), lookup.message());
  }

  static Sync lost(TaskLookup.Unavailable lookup) {
    return lost(reason(lookup.cause()), lookup.message());
  }

  /** The view of the cloud that {@code status} carries; unknown before the first look. */
  static Sync of(@Nullable AckTaskStatus status) {
    Condition synced = Conditions.find(status, ConditionType.SYNCED);
    return synced == null
        ? new Sync(Condition.UNKNOWN, Reason.NOT_OBSERVED.word(), "Not looked yet.")
        : new Sync(synced.status(), synced.reason(), synced.message());
  }

  /** Since when {@code status} says that the cloud is out of sight, or null when it is in sight. */
  static @Nullable Instant lostSince(@Nullable AckTaskStatus status) {
    Condition synced = Conditions.find(status, ConditionType.SYNCED);
    return synced == null || !Condition.FALSE.equals(synced.status())
        ? null
        : CloudTime.instant(synced.lastTransitionTime());
  }

  boolean lost() {
    return status.equals(Condition.FALSE);
  }

  private static Reason reason(TaskLookup.Rejected.Refusal cause) {
    return switch (cause) {
      case UNAUTHORIZED -> Reason.UNAUTHORIZED;
      case FORBIDDEN -> Reason.FORBIDDEN;
      case CLOCK_SKEW -> Reason.CLOCK_SKEW;
      case INVALID_REQUEST -> Reason.INVALID_REQUEST;
      case CREDENTIALS_MISSING -> Reason.CREDENTIALS_MISSING;
      case CREDENTIALS_INVALID -> Reason.CREDENTIALS_INVALID;
    };
  }

  private static Reason reason(TaskLookup.Unavailable.Failure cause) {
    return switch (cause) {
      case API_UNAVAILABLE -> Reason.API_UNAVAILABLE;
      case TLS_ERROR -> Reason.TLS_ERROR;
      case RESPONSE_INVALID -> Reason.RESPONSE_INVALID;
      case RESPONSE_TOO_LARGE -> Reason.RESPONSE_TOO_LARGE;
      case TASK_ID_MISMATCH -> Reason.TASK_ID_MISMATCH;
    };
  }
}
