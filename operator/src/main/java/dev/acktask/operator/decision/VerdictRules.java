package dev.acktask.operator.decision;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.api.v1alpha1.Reason;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskState;
import dev.acktask.operator.text.SafeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The verdict on one answer: its state and, with the Strict policy, its results. */
final class VerdictRules {
  private static final int NAMED_RESULTS = 3;

  private VerdictRules() {}

  static Verdict of(TaskInfo task, AckTaskSpec spec) {
    return switch (TaskState.of(task.state())) {
      case SUCCEEDED -> succeeded(task, spec);
      case FAILED ->
          Verdict.failure(
              Phase.FAILED, Reason.TASK_FAILED, name(task) + " failed: " + error(task) + ".");
      case CANCELED ->
          Verdict.failure(
              Phase.CANCELED,
              Reason.TASK_CANCELED,
              name(task) + " was canceled" + where(task) + ".");
      case PAUSED ->
          Verdict.open(
              Phase.PAUSED,
              Reason.PAUSED,
              name(task) + " is paused" + where(task) + "; it goes on when it is resumed.");
      case RUNNING ->
          Verdict.open(
              Phase.RUNNING, Reason.RUNNING, name(task) + " is running" + where(task) + ".");
      case UNRECOGNIZED ->
          Verdict.open(
              Phase.UNKNOWN,
              Reason.UNRECOGNIZED_STATE,
              "The cloud reports the state \""
                  + SafeText.verbatim(task.state())
                  + "\", which this version of the operator does not know; it keeps waiting.");
    };
  }

  private static Verdict succeeded(TaskInfo task, AckTaskSpec spec) {
    List<TaskInfo.Result> failed =
        task.results().stream().filter(TaskInfo.Result::isFailed).toList();
    if (!failed.isEmpty() && !AckTaskSpec.STATE_ONLY.equals(spec.successPolicy())) {
      return Verdict.failure(
          Phase.FAILED,
          Reason.RESULTS_FAILED,
          name(task)
              + " reports success, but "
              + failed.size()
              + " of "
              + task.results().size()
              + " results failed: "
              + names(failed)
              + ".");
    }
    return Verdict.success(
        task.error() == null
            ? name(task) + " succeeded."
            : name(task) + " succeeded; the cloud also sent an error: " + error(task) + ".");
  }

  private static String names(List<TaskInfo.Result> failed) {
    String first =
        String.join(
            ", ",
            failed.stream()
                .limit(NAMED_RESULTS)
                .map(
                    result -> result.data() == null ? "(unnamed)" : SafeText.WORD.of(result.data()))
                .toList());
    int more = failed.size() - NAMED_RESULTS;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private static String name(TaskInfo task) {
    String type = SafeText.WORD.orNull(task.taskType());
    return type == null ? "The task" : type;
  }

  private static String where(TaskInfo task) {
    String stage = SafeText.WORD.orNull(task.currentStage());
    return stage == null ? "" : " in stage " + stage;
  }

  private static String error(TaskInfo task) {
    TaskInfo.Problem error = task.error();
    if (error == null) {
      return "no error given";
    }
    String code = text(SafeText.WORD.orNull(error.code()));
    String message = text(SafeText.MESSAGE.orNull(error.message()));
    String both = code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
    return both.endsWith(".") ? both.substring(0, both.length() - 1) : both;
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
