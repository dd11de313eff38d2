package dev.acktask.e2e.history;

/** The final state of a task, according to an answer or to the status of an object. */
public enum FinalState {
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
