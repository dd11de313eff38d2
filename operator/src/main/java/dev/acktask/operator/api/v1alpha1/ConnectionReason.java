package dev.acktask.operator.api.v1alpha1;

/**
 * The reason of a condition of a connection. Those of Ready come from real calls where possible.
 */
public enum ConnectionReason {
  // Ready is True.
  /** The cloud answered the last call for a task, also with "not found". */
  ANSWERED,

  // Ready is Unknown.
  /** No call has ended with an answer or a refusal since the spec last changed. */
  NOT_USED_YET,
  /** No call is made, because of {@code spec.suspend}. */
  SUSPENDED,

  // Ready is False.
  /** The spec cannot be used, so that no call is made. An older CRD may have accepted it. */
  INVALID,
  /** There is no access key: its Secret does not exist or cannot be read. */
  SECRET_NOT_FOUND,
  /** The Secret exists and holds no usable access key. */
  SECRET_INVALID,
  /** The cloud refuses the access key or the session. */
  CREDENTIALS_REFUSED,
  /** The identity lacks a permission, and no call for another task was answered lately. */
  PERMISSION_DENIED,
  /** STS issues no session of the role. */
  ROLE_NOT_ASSUMABLE,

  // Throttled is True.
  /** The cloud throttled a call of the last minute. */
  THROTTLED;

  private final String apiName = CamelCase.of(name());

  /** The name in the API, for example {@code NotUsedYet}. */
  public String apiName() {
    return apiName;
  }
}
