package dev.acktask.operator.polling;

import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskLookup;
import org.jspecify.annotations.Nullable;

/**
 * What the list of its cluster says about a task, compared with the details that its polls read.
 * Times are values of one monotonic clock in nanoseconds. Not thread-safe.
 */
final class SweptTask {
  /** Why a task is polled before its time; the later outweighs the earlier. */
  enum Cause {
    NONE,
    /** The first list differs from the details, which may write the same in another way. */
    DIFFERENT,
    /** The list announced a change. */
    MOVED;

    Cause or(Cause other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  private @Nullable TaskFingerprint listed;
  private @Nullable TaskFingerprint details;
  private @Nullable AnswerDigest answer;
  private long detailsStart;
  private long normalDue;
  private Cause pending = Cause.NONE;
  private Cause polled = Cause.NONE;
  private boolean isListAhead;

  /** Takes in the entry of a list. Without details it is ignored. */
  void list(TaskFingerprint entry) {
    if (details == null) {
      return;
    }
    TaskFingerprint before = listed;
    listed = entry;
    if (!entry.equals(before == null ? details : before)) {
      pending = pending.or(before == null ? Cause.DIFFERENT : Cause.MOVED);
    }
  }

  /** A complete list does not have the task. */
  void unlist() {
    listed = null;
  }

  /** The entry of the last list; null without one. */
  @Nullable TaskFingerprint listed() {
    return listed;
  }

  /** A poll begins. */
  void begin() {
    polled = polled.or(pending);
    pending = Cause.NONE;
  }

  /**
   * Takes in an answer.
   *
   * @param start of the poll
   * @return true if it differs from the answer before
   */
  boolean isChangedBy(TaskLookup lookup, long start) {
    AnswerDigest before = answer;
    if (lookup instanceof TaskLookup.Found found) {
      details = TaskFingerprint.of(found.task());
      answer = found.digest();
    }
    detailsStart = start;
    return before != null && answer != null && !before.equals(answer);
  }

  /**
   * Why the poll that was answered had begun, also if the list moved meanwhile.
   *
   * @param isChanged false if it found nothing: then the list may be ahead of the details
   */
  Cause takeCause(boolean isChanged) {
    Cause cause = polled.or(pending);
    isListAhead = polled == Cause.MOVED && !isChanged;
    polled = Cause.NONE;
    return cause;
  }

  /**
   * True if the list moved since the last poll began, so that the next one is due. Not if the last
   * one found nothing: a list that moves without a change must not cause more polls than usual.
   */
  boolean isMoved() {
    return pending != Cause.NONE && !isListAhead;
  }

  /** True if the list stands for the details: nothing has changed since they were read. */
  boolean isCurrent() {
    return listed != null
        && details != null
        && pending == Cause.NONE
        && !isListAhead
        && listed.isSameState(details);
  }

  /** True once the cloud has answered. */
  boolean hasDetails() {
    return details != null;
  }

  /** Start of the last poll that was answered. */
  long detailsStart() {
    return detailsStart;
  }

  /** When the task is polled without sweeps. */
  long normalDue() {
    return normalDue;
  }

  void setNormalDue(long due) {
    normalDue = due;
  }
}
