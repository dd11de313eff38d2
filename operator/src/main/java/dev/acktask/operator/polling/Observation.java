package dev.acktask.operator.polling;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of the latest poll of a task. A fact about the task, not about an object: editing,
 * deleting or recreating an object cannot make it wrong.
 *
 * @param lookup never {@link TaskLookup.Unchanged}, which leaves the observation as it is
 * @param order of the start of the poll among polls and refresh requests
 * @param notFoundFor time between the first and the last of uninterrupted "not found" answers; null
 *     after any other outcome
 */
record Observation(TaskLookup lookup, long order, @Nullable Duration notFoundFor) {

  /** True if the cloud reported a final state. */
  boolean isFinal() {
    return isFinal(lookup);
  }

  /** True if the cloud reported a state that is not final. */
  boolean isRunning() {
    return lookup instanceof TaskLookup.Found && !isFinal();
  }

  static boolean isFinal(TaskLookup lookup) {
    return lookup instanceof TaskLookup.Found found
        && TaskState.of(found.task().state()).isTerminal();
  }

  /**
   * True if this adds nothing to {@code before}: the same failure again. The first "not found" at
   * the end of {@code grace} differs from those before it.
   */
  boolean isSameOutcome(Observation before, Duration grace) {
    return switch (lookup) {
      case TaskLookup.Found found -> false;
      case TaskLookup.Unchanged unchanged -> true;
      case TaskLookup.NotFound it ->
          before.lookup instanceof TaskLookup.NotFound old
              && old.message().equals(it.message())
              && isLonger(before.notFoundFor, grace) == isLonger(notFoundFor, grace);
      case TaskLookup.Throttled it ->
          before.lookup instanceof TaskLookup.Throttled old && old.message().equals(it.message());
      case TaskLookup.Rejected it ->
          before.lookup instanceof TaskLookup.Rejected old
              && old.cause() == it.cause()
              && old.message().equals(it.message());
      case TaskLookup.Unavailable it ->
          before.lookup instanceof TaskLookup.Unavailable old
              && old.cause() == it.cause()
              && old.message().equals(it.message());
    };
  }

  private static boolean isLonger(@Nullable Duration time, Duration grace) {
    return time != null && time.compareTo(grace) >= 0;
  }
}
