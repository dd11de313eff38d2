package dev.acktask.operator.tracing;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;

/** A finished upgrade, for tests. */
final class FinishedTask {
  static final String TASK_ID = "T-000000000000000000000a01";

  private FinishedTask() {}

  static AckTask object() {
    AckTask task = new AckTask();
    task.setMetadata(
        new ObjectMetaBuilder().withNamespace("team-a").withName("upgrade-cluster").build());
    task.setSpec(AckTaskSpec.builder().taskId(TASK_ID).build());
    return task;
  }

  static AckTaskStatus succeeded(String start, String end, AckTaskStatus.Stage... stages) {
    return status(Phase.SUCCEEDED, "TaskSucceeded", "success", start, end, stages);
  }

  static AckTaskStatus failed(String start, String end, AckTaskStatus.Stage... stages) {
    return status(Phase.FAILED, "TaskFailed", "failed", start, end, stages);
  }

  static AckTaskStatus.Stage stage(String state, String start, String end) {
    return new AckTaskStatus.Stage(state, start, end, "a message of the cloud", null);
  }

  private static AckTaskStatus status(
      Phase phase,
      String reason,
      String state,
      String start,
      String end,
      AckTaskStatus.Stage... stages) {
    return AckTaskStatus.builder()
        .observedGeneration(1L)
        .phase(phase)
        .reason(reason)
        .message("cluster_upgrade ended: a message of the cloud")
        .taskId(TASK_ID)
        .state(state)
        .taskType("cluster_upgrade")
        .clusterId("c1")
        .createdTime(start)
        .updatedTime(end)
        .startTime(start)
        .completionTime(end)
        .stages(List.of(stages))
        .error(new AckTaskStatus.Problem("Code", "a message of the cloud"))
        .build();
  }
}
