package dev.acktask.operator.decision;

import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskState;
import java.util.ArrayList;
import java.util.List;

/** Reads the entries of {@code task_result}, which describe items and not the task. */
final class Results {
  private Results() {}

  /** True for an entry that failed; one without a status, or with an unknown one, says nothing. */
  static boolean failed(TaskInfo.Result result) {
    return result.status() != null && failed(result.status());
  }

  /** True for a status word that means failure. */
  static boolean failed(String status) {
    TaskState state = TaskState.of(status);
    return state == TaskState.FAILED || state == TaskState.CANCELED;
  }

  /** At most {@code count} of {@code results}, in their order, leaving out failed ones last. */
  static List<TaskInfo.Result> keep(List<TaskInfo.Result> results, int count) {
    if (results.size() <= count) {
      return results;
    }
    long failures = results.stream().filter(Results::failed).count();
    long others = Math.max(0, count - failures);
    List<TaskInfo.Result> kept = new ArrayList<>(count);
    for (TaskInfo.Result result : results) {
      boolean keep = failed(result) || others-- > 0;
      if (keep && kept.size() < count) {
        kept.add(result);
      }
    }
    return kept;
  }
}
