package dev.acktask.e2e.history;

/** How a task ended, as the cloud told it or as an object shows it. */
public enum Verdict {
  NONE,
  SUCCEEDED,
  FAILED,
  CANCELED;

  boolean isFinal() {
    return this != NONE;
  }

  boolean isFailure() {
    return this == FAILED || this == CANCELED;
  }
}
