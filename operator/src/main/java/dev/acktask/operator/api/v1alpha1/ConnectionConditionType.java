package dev.acktask.operator.api.v1alpha1;

/** The conditions of a connection. */
public enum ConnectionConditionType {
  /** Whether the cloud answers the calls with this connection. */
  READY,
  /** True only while the cloud throttles the connection; otherwise absent. */
  THROTTLED;

  private final String apiName = CamelCase.of(name());

  /** The name in the API, for example {@code Ready}. */
  public String apiName() {
    return apiName;
  }
}
