package dev.acktask.operator.connection;

import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;

/** What a call says about its connection. */
sealed interface CallOutcome {
  /** The cloud answered, whatever the answer is. */
  record Answered() implements CallOutcome {}

  /**
   * No task can be read with this connection.
   *
   * @param cause of the credential, or a missing permission
   */
  record Refused(Refusal cause, String message) implements CallOutcome {}
}
