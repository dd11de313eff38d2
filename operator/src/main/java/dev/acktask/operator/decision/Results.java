package dev.acktask.operator.decision;

import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskState;
import java.util.ArrayList;
import java.util.List;

/** Rules for the entries of {@code task_result}, which describe items and not the task. */
final class Results {
  private Results() {}

  /** True for a failed entry; an entry with a missing or unknown status counts as not failed. */
  static boolean isFailed(TaskInfo.Result result) {
    return result.status() != null && isFailed(result.status());
  }

  /** True when {@code status} means failure. */
  static boolean isFailed(String status) {
    TaskState state = TaskState.of(status);
    return state == TaskState.FAILED || state == TaskState.CANCELED;
  }

  /** At most {@code count} of {@code results} in their order; failed ones have priority. */
  static List<TaskInfo.Result> keep(List<TaskInfo.Result> results, int count) {
    if (results.size() <= count) {
      return results;
    }
    long failures = results.stream().filter(Results::isFailed).count();
    long others = Math.max(0, count - failures);
    List<TaskInfo.Result> kept = new ArrayList<>(count);
    for (TaskInfo.Result result : results) {
      boolean keep = isFailed(result) || others-- > 0;
      if (keep && kept.size() < count) {
        kept.add(result);
      }
    }
    return kept;
  }
}
