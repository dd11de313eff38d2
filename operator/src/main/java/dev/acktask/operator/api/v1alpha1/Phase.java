package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** Summary of the task, for tools that read flat fields. */
public enum Phase {
  /** Not observed yet. */
  PENDING,
  RUNNING,
  PAUSED,
  /** The cloud reports a state that this version does not know. */
  UNKNOWN,
  SUCCEEDED,
  FAILED,
  CANCELED,
  /** Requires manual action. */
  STALLED;

  private final String apiName = CamelCase.of(name());

  /** The name in the API, for example {@code Succeeded}. */
  @JsonValue
  public String apiName() {
    return apiName;
  }

  /** The phase named {@code apiName}; null for one that a newer operator wrote. */
  @JsonCreator
  static @Nullable Phase of(String apiName) {
    for (Phase phase : values()) {
      if (phase.apiName.equals(apiName)) {
        return phase;
      }
    }
    return null;
  }
}
