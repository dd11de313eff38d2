package dev.acktask.operator.task;

/** Reads tasks of one account in one region. */
public interface TaskClient {
  /**
   * Reads {@code task} once, within the client's whole-call deadline. Network and server errors are
   * results, not exceptions. {@link TaskLookup.Found} always holds the requested task.
   */
  TaskLookup describe(TaskRef task);

  /**
   * Reads {@code task}, and may return {@link TaskLookup.Unchanged} instead of parsing an answer
   * that has the digest {@code known}.
   *
   * @param known digest of an earlier answer for the same task
   */
  default TaskLookup describe(TaskRef task, AnswerDigest known) {
    return describe(task);
  }
}
