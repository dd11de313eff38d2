package dev.acktask.operator.connection;

import dev.acktask.operator.task.TaskLookup;

/** What the reference of an AckTask leads to. */
public sealed interface Resolution {
  /** A connection that can be used. */
  record Resolved(Connection connection) implements Resolution {}

  /**
   * No connection can be used now.
   *
   * @param cause as an outcome of a poll, for the status
   */
  record Unresolved(TaskLookup.Rejected cause) implements Resolution {}
}
