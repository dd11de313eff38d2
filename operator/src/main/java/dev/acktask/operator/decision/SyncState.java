package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Reason;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.text.CloudTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Content of the Synced condition: whether the last poll succeeded. The gating conditions do not
 * depend on it.
 */
record SyncState(String status, String reason, String message) {

  static SyncState observed(String message) {
    return new SyncState(Condition.TRUE, Reason.OBSERVED.apiName(), message);
  }

  static SyncState failed(Reason cause, String message) {
    return new SyncState(Condition.FALSE, cause.apiName(), message);
  }

  static SyncState failed(TaskLookup.Throttled lookup) {
    return failed(Reason.THROTTLED, lookup.message());
  }

  static SyncState failed(TaskLookup.Rejected lookup) {
    return failed(reason(lookup.cause()), lookup.message());
  }

  static SyncState failed(TaskLookup.Unavailable lookup) {
    return failed(reason(lookup.cause()), lookup.message());
  }

  /** The state in {@code status}; unknown before the first poll. */
  static SyncState of(@Nullable AckTaskStatus status) {
    Condition synced = Conditions.find(status, ConditionType.SYNCED);
    return synced == null
        ? new SyncState(Condition.UNKNOWN, Reason.NOT_OBSERVED.apiName(), "Not polled yet.")
        : new SyncState(synced.status(), synced.reason(), synced.message());
  }

  /** Since when Synced is False in {@code status}, or null. */
  static @Nullable Instant failedSince(@Nullable AckTaskStatus status) {
    Condition synced = Conditions.find(status, ConditionType.SYNCED);
    return synced == null || !Condition.FALSE.equals(synced.status())
        ? null
        : CloudTime.instant(synced.lastTransitionTime());
  }

  boolean isFailed() {
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
      case ROLE_NOT_ASSUMABLE -> Reason.ROLE_NOT_ASSUMABLE;
      case CLUSTER_NOT_ALLOWED -> Reason.CLUSTER_NOT_ALLOWED;
      case CONNECTION_NOT_FOUND -> Reason.CONNECTION_NOT_FOUND;
      case CONNECTION_NOT_ALLOWED -> Reason.CONNECTION_NOT_ALLOWED;
      case CONNECTION_INVALID -> Reason.CONNECTION_INVALID;
      case CONNECTION_SUSPENDED -> Reason.CONNECTION_SUSPENDED;
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
