package dev.acktask.operator.task;

/** Asks one account in one region for its tasks. */
public interface TaskClient {
  /**
   * Reads {@code task} once. Returns within the client's whole-call deadline, never throws for
   * anything that a network or a server can do, and never returns {@link TaskLookup.Found} for
   * another task.
   */
  TaskLookup describe(TaskRef task);
}
