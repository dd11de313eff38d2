package dev.acktask.operator.task;

/** Asks one account in one region for its tasks. */
public interface TaskClient {
  /**
   * Reads {@code task} once. Returns within the client's whole-call deadline, never throws for
   * anything that a network or a server can do, and never returns {@link TaskLookup.Found} for
   * another task.
   */
  TaskLookup describe(TaskRef task);

  /**
   * The same, but an answer that equals {@code known} need not be read again. A client that does
   * not compare gives every answer in full.
   *
   * @param known of an answer for this very task
   */
  default TaskNews describe(TaskRef task, Fingerprint known) {
    return describe(task);
  }
}
