package dev.acktask.operator.polling;

import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskState;
import dev.acktask.operator.text.CloudTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * State and {@code updated} of a task, as a list or an answer about the task has them. Texts of the
 * same time are equal: the two calls may write it differently.
 *
 * @param hash of both texts, 64 bits
 */
record TaskFingerprint(TaskState state, long hash) {
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  static TaskFingerprint of(ListedTask task) {
    return of(task.state(), task.updated());
  }

  static TaskFingerprint of(TaskInfo task) {
    return of(task.state(), task.updated());
  }

  /** True if both mean the same state; of states that are not documented only equal texts do. */
  boolean isSameState(TaskFingerprint other) {
    return equals(other) || (state == other.state && state != TaskState.UNRECOGNIZED);
  }

  private static TaskFingerprint of(@Nullable String state, @Nullable String updated) {
    Instant time = CloudTime.written(updated);
    String text = time == null ? updated : time.toString();
    long hash = add(add(add(FNV_BASIS, state), "\n"), text);
    return new TaskFingerprint(state == null ? TaskState.UNRECOGNIZED : TaskState.of(state), hash);
  }

  /** FNV-1a over characters; an absent text differs from an empty one. */
  private static long add(long hash, @Nullable String text) {
    long result = text == null ? (hash ^ 0xffff_ffL) * FNV_PRIME : hash;
    for (int i = 0; text != null && i < text.length(); i++) {
      result = (result ^ text.charAt(i)) * FNV_PRIME;
    }
    return result;
  }
}
