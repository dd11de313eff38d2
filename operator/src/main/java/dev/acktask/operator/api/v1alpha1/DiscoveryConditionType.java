package dev.acktask.operator.api.v1alpha1;

/** The conditions of a discovery. */
public enum DiscoveryConditionType {
  /** Whether tasks are found and created. */
  READY,
  /** Whether the latest sweep of each cluster succeeded. */
  SYNCED,
  /** True only while tasks wait because of {@code spec.limit}; otherwise absent. */
  LIMITED;

  private final String apiName = CamelCase.of(name());

  /** The name in the API, for example {@code Ready}. */
  public String apiName() {
    return apiName;
  }
}
