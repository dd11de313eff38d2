package dev.acktask.operator.api.v1alpha1;

/**
 * The reason of a condition. The list is fixed: the API server would refuse a whole status whose
 * reason is an error code of the cloud, which may be empty or hold dots.
 */
public enum Reason {
  // The verdict.
  NOT_OBSERVED,
  RUNNING,
  PAUSED,
  UNRECOGNIZED_STATE,
  TASK_SUCCEEDED,
  RESULTS_FAILED,
  TASK_FAILED,
  TASK_CANCELED,
  SUSPENDED,

  // Synchronisation with the cloud.
  OBSERVED,
  TASK_NOT_FOUND,
  UNAUTHORIZED,
  FORBIDDEN,
  THROTTLED,
  CLOCK_SKEW,
  API_UNAVAILABLE,
  TLS_ERROR,
  RESPONSE_INVALID,
  RESPONSE_TOO_LARGE,
  TASK_ID_MISMATCH,
  INVALID_REQUEST,
  CREDENTIALS_MISSING,
  CREDENTIALS_INVALID,
  ROLE_NOT_ASSUMABLE,
  CLUSTER_NOT_ALLOWED,
  CONNECTION_NOT_FOUND,
  CONNECTION_NOT_ALLOWED,
  CONNECTION_INVALID,
  CONNECTION_SUSPENDED,

  // Requires manual action.
  CLUSTER_MISMATCH,
  INVALID_SPEC,

  // The deadline.
  DEADLINE_EXCEEDED,

  // Longer than usual.
  STAGE_SLOW,
  TASK_SLOW;

  private final String apiName = CamelCase.of(name());

  /** The name in the API, for example {@code TaskNotFound}. */
  public String apiName() {
    return apiName;
  }
}
