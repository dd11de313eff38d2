package dev.acktask.operator.tracing;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.StageTransition;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.text.CloudTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages of a task as the operator observed them: with the names of the cloud and with the
 * times of this process, so that no time zone has to be configured.
 */
final class ObservedStages {
  private ObservedStages() {}

  /**
   * A stage lasts until the next one or the end of the task. One that was first observed after the
   * end is left out; all are if the task ended before its first poll.
   */
  static List<TaskTrace.Stage> of(AckTaskStatus status, Instant end) {
    List<StageTransition> transitions = status.stageTransitions();
    List<TaskTrace.Stage> stages = new ArrayList<>();
    for (int i = 0; i < transitions.size(); i++) {
      boolean isLast = i == transitions.size() - 1;
      String name = transitions.get(i).stage();
      Instant from = CloudTime.instant(transitions.get(i).firstSeenTime());
      Instant next = isLast ? end : CloudTime.instant(transitions.get(i + 1).firstSeenTime());
      Instant to = next == null || next.isAfter(end) ? end : next;
      if (name != null && from != null && !to.isBefore(from)) {
        boolean failed = isLast && status.phase() == Phase.FAILED;
        stages.add(new TaskTrace.Stage(name, i + 1, from, to, failed));
      }
    }
    return stages;
  }
}
