package dev.acktask.operator.tracing;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import java.util.List;

/** A finished upgrade, for tests. */
final class FinishedTask {
  static final String TASK_ID = AckTasks.TASK_ID;

  private FinishedTask() {}

  static AckTask object() {
    return AckTasks.succeeded().namespace("team-a").name("upgrade-cluster").build();
  }

  static AckTaskStatus succeeded(String start, String end, AckTaskStatus.Stage... stages) {
    return status(AckTasks.succeeded(), start, end, stages);
  }

  static AckTaskStatus failed(String start, String end, AckTaskStatus.Stage... stages) {
    return status(AckTasks.failed(), start, end, stages);
  }

  static AckTaskStatus.Stage stage(String state, String start, String end) {
    return new AckTaskStatus.Stage(state, start, end, "a message of the cloud", null);
  }

  private static AckTaskStatus status(
      AckTasks.Builder task, String start, String end, AckTaskStatus.Stage... stages) {
    return task.status(
            status ->
                status
                    .message("cluster_upgrade ended: a message of the cloud")
                    .createdTime(start)
                    .updatedTime(end)
                    .startTime(start)
                    .completionTime(end)
                    .stageTransitions(List.of())
                    .stages(List.of(stages))
                    .connection(new AckTaskStatus.Connection("BuiltIn", null, null, "cn-hangzhou"))
                    .error(new AckTaskStatus.Problem("Code", "a message of the cloud")))
        .status();
  }
}
