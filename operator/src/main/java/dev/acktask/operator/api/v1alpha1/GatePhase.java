package dev.acktask.operator.api.v1alpha1;

/** Summary of a gate, for tools that read flat fields. */
public enum GatePhase {
  /** Not open yet, or not any more. */
  WAITING,
  /** Open. */
  SUCCEEDED,
  /** A task did not succeed: the gate never opens. */
  FAILED,
  /** The spec cannot be used: the gate never opens. */
  STALLED;

  private final String apiName = CamelCase.of(name());

  /** The name in the API, for example {@code Waiting}. */
  public String apiName() {
    return apiName;
  }
}
