package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** The task in one word, for tools that read flat fields. */
public enum Phase {
  /** Not looked yet. */
  PENDING,
  RUNNING,
  PAUSED,
  /** The cloud used a word that this version does not know: keep waiting. */
  UNKNOWN,
  SUCCEEDED,
  FAILED,
  CANCELED,
  /** Cannot work until a person acts. */
  STALLED;

  private final String word = Words.camelCase(name());

  /** The name in the API, for example {@code Succeeded}. */
  @JsonValue
  public String word() {
    return word;
  }

  /** The phase named {@code word}; null for one that a newer operator wrote. */
  @JsonCreator
  static @Nullable Phase of(String word) {
    for (Phase phase : values()) {
      if (phase.word.equals(word)) {
        return phase;
      }
    }
    return null;
  }
}
