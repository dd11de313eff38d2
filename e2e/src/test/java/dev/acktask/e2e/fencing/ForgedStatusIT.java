package dev.acktask.e2e.fencing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.Rig;
import dev.acktask.simulator.reply.Reply;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An administrator writes a success into the status by hand (F58). */
@OnControlPlane
class ForgedStatusIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;

  ForgedStatusIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void f58ShouldRestoreTheTruthWhenARunningTaskIsSaidToHaveSucceeded() {
    try (Rig rig = Rig.start(controlPlane, "forged-running")) {
      // given
      rig.cloud().answers("T-1", Answers.running("T-1"));
      rig.tasks().create("task", "T-1");
      awaitPhase(rig, "Running");

      // when
      forgeSuccess(rig, "T-1");

      // then
      awaitPhase(rig, "Running");
      assertEquals("Unknown", AckTasks.condition(rig.tasks().get("task"), "Succeeded"));
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      awaitPhase(rig, "Failed");
    }
  }

  @Test
  void f58ShouldRestoreTheTruthAtTheCostOfOneReadWhenAFailedTaskIsSaidToHaveSucceeded() {
    try (Rig rig = Rig.start(controlPlane, "forged-failed")) {
      // given
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      rig.tasks().create("task", "T-1");
      awaitPhase(rig, "Failed");

      // when
      forgeSuccess(rig, "T-1");
      awaitPhase(rig, "Failed");

      // then
      assertNotNull(rig.tasks().get("task").get("status", "completionTime"));
      assertEquals(List.of("acktask-operator"), statusManagers(rig));
      String version = rig.tasks().get("task").getMetadata().getResourceVersion();
      rig.operator().kill();
      rig.operator().start();
      passSomePolls(rig);
      assertEquals(2, rig.cloud().callCount("T-1"));
      assertEquals(version, rig.tasks().get("task").getMetadata().getResourceVersion());
    }
  }

  @Test
  void f58ShouldFindTheForgeryWhenItWasMadeWhileTheOperatorWasDown() {
    try (Rig rig = Rig.start(controlPlane, "forged-down")) {
      // given
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      rig.tasks().create("task", "T-1");
      awaitPhase(rig, "Failed");
      rig.operator().kill();

      // when
      forgeSuccess(rig, "T-1");
      rig.operator().start();
      rig.recorder().calm();

      // then
      awaitPhase(rig, "Failed");
      assertEquals(2, rig.cloud().callCount("T-1"));
    }
  }

  @Test
  void f58ShouldTakeBackAForgedSuccessWhenTheCloudIsOutOfSight() {
    try (Rig rig = Rig.start(controlPlane, "forged-outage")) {
      // given
      rig.cloud().answers("T-1", Answers.running("T-1"));
      rig.tasks().create("task", "T-1");
      awaitPhase(rig, "Running");
      rig.cloud().outage(Reply.of(503));

      // when
      forgeSuccess(rig, "T-1");

      // then
      awaitPhase(rig, "Pending");
      rig.cloud().recover();
      rig.recorder().calm();
      awaitPhase(rig, "Running");
    }
  }

  private static void forgeSuccess(Rig rig, String taskId) {
    Map<String, String> succeeded =
        Map.of(
            "type", "Succeeded",
            "status", "True",
            "reason", "TaskSucceeded",
            "message", "By hand.",
            "lastTransitionTime", "2026-01-01T00:00:00Z");
    GenericKubernetesResource forged =
        rig.tasks()
            .writeStatus(
                "task",
                Map.of(
                    "observedGeneration",
                    1,
                    "phase",
                    "Succeeded",
                    "taskId",
                    taskId,
                    "conditions",
                    List.of(succeeded)));
    rig.recorder().forged(forged.getMetadata().getResourceVersion());
  }

  private static List<String> statusManagers(Rig rig) {
    return rig.tasks().get("task").getMetadata().getManagedFields().stream()
        .filter(entry -> "status".equals(entry.getSubresource()))
        .map(ManagedFieldsEntry::getManager)
        .toList();
  }

  /** Time enough for a poll that must not come. */
  private static void passSomePolls(Rig rig) {
    rig.cloud().answers("T-clock", Answers.running("T-clock"));
    rig.tasks().create("clock", "T-clock");
    await().atMost(SOON).until(() -> rig.cloud().callCount("T-clock") > 3);
  }

  private static void awaitPhase(Rig rig, String phase) {
    await().atMost(SOON).until(() -> phase.equals(rig.tasks().get("task").get("status", "phase")));
  }
}
