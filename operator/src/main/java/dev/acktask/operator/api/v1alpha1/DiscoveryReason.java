package dev.acktask.operator.api.v1alpha1;

/**
 * The reason of a condition of a discovery. Where a sweep failed, the reason is that of the failure
 * in {@link Reason}.
 */
public enum DiscoveryReason {
  // Ready or Synced is True.
  /** The clusters were swept. */
  SWEPT,

  // Ready or Synced is Unknown.
  /** No sweep has ended since the spec last changed. */
  NOT_SWEPT_YET,
  /** Nothing is swept or created, because of {@code spec.suspend}. */
  SUSPENDED,

  // Ready is False.
  /** The spec cannot be used. An older CRD may have accepted it. */
  INVALID_SPEC,
  /** The API server forbids the operator to create AckTasks in the namespace. */
  CREATION_FORBIDDEN,
  /** A ResourceQuota of the namespace allows no further AckTask. */
  QUOTA_EXCEEDED,
  /** The namespace is being deleted. */
  NAMESPACE_TERMINATING,
  /** The API server refuses an AckTask, for example by an admission webhook. */
  CREATION_REFUSED,
  /** The creation times of more clusters than the status can hold would have to be kept. */
  TOO_MANY_CLUSTERS,

  // Limited is True.
  /** The discovery has as many AckTasks as {@code spec.limit} allows. */
  LIMIT_REACHED;

  private final String apiName = CamelCase.of(name());

  /** The name in the API, for example {@code NotSweptYet}. */
  public String apiName() {
    return apiName;
  }
}
