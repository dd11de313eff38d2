package dev.acktask.operator.api.v1alpha1;

/** The conditions of an AckTask. */
public enum ConditionType {
  /** True only while the task is unfinished past its deadline; otherwise absent. */
  OVERDUE,
  /** Equals {@link #SUCCEEDED}; for tools that know only Ready. */
  READY,
  /** True only while the task is unfinished and polled; otherwise absent. */
  RECONCILING,
  /** True exactly while {@link #SUCCEEDED} is True or False. */
  SETTLED,
  /** True only while the object requires manual action; otherwise absent. */
  STALLED,
  /** True only while the task is unfinished and takes longer than usual; otherwise absent. */
  SLOWER_THAN_USUAL,
  /** The verdict. */
  SUCCEEDED,
  /** False while the cloud gives no usable answer. */
  SYNCED;

  private final String apiName = CamelCase.of(name());

  /** The name in the API, for example {@code Succeeded}. */
  public String apiName() {
    return apiName;
  }
}
