package dev.acktask.operator.api.v1alpha1;

/**
 * Why a condition is as it is. A fixed list: a remote code as reason would be refused by the API
 * server (it may hold dots or nothing at all), and with it the whole status.
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

  // The view of the cloud.
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

  // A person has to act.
  CLUSTER_MISMATCH,
  INVALID_SPEC,

  // The deadline.
  DEADLINE_EXCEEDED;

  private final String word = Words.camelCase(name());

  /** The name in the API, for example {@code TaskNotFound}. */
  public String word() {
    return word;
  }
}
