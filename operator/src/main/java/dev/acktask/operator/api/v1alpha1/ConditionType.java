package dev.acktask.operator.api.v1alpha1;

/** The conditions of an AckTask; the positive ones are always present once the object was seen. */
public enum ConditionType {
  /** True only while the task is unfinished past its deadline; otherwise absent. */
  OVERDUE,
  /** Equals {@link #SUCCEEDED}; for tools that know only Ready. */
  READY,
  /** True only while the task is unfinished and being followed; otherwise absent. */
  RECONCILING,
  /** True exactly while {@link #SUCCEEDED} is True or False. */
  SETTLED,
  /** True only when nothing will change without a person; otherwise absent. */
  STALLED,
  /** The verdict. */
  SUCCEEDED,
  /** Whether the mirror sees the cloud. */
  SYNCED;

  private final String word = Words.camelCase(name());

  /** The name in the API, for example {@code Succeeded}. */
  public String word() {
    return word;
  }
}
