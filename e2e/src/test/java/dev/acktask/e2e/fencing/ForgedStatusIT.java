package dev.acktask.e2e.fencing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.response.Response;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
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
  @Tag("F58")
  void shouldRestoreTheTruthWhenSuccessIsForgedForARunningTask() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "forged-running")) {
      // given
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture, "Running");

      // when
      forgeSuccess(fixture, "T-1");

      // then
      awaitPhase(fixture, "Running");
      assertEquals("Unknown", AckTasks.condition(fixture.tasks().get("task"), "Succeeded"));
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      awaitPhase(fixture, "Failed");
    }
  }

  @Test
  @Tag("F58")
  void shouldRestoreTheTruthWithoutAPollWhenItIsKnown() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "forged-failed")) {
      // given
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture, "Failed");

      // when
      forgeSuccess(fixture, "T-1");
      awaitPhase(fixture, "Failed");

      // then
      assertNotNull(fixture.tasks().get("task").get("status", "completionTime"));
      assertEquals(List.of("acktask-operator"), statusManagers(fixture));
      String version = fixture.tasks().get("task").getMetadata().getResourceVersion();
      fixture.operator().kill();
      fixture.operator().start();
      passSomePolls(fixture);
      assertEquals(1, fixture.cloud().callCount("T-1"));
      assertEquals(version, fixture.tasks().get("task").getMetadata().getResourceVersion());
    }
  }

  @Test
  @Tag("F58")
  void shouldFindTheForgeryWhenItWasMadeWhileTheOperatorWasDown() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "forged-down")) {
      // given
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture, "Failed");
      fixture.operator().kill();

      // when
      forgeSuccess(fixture, "T-1");
      fixture.operator().start();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "Failed");
      assertEquals(2, fixture.cloud().callCount("T-1"));
    }
  }

  @Test
  @Tag("F58")
  void shouldTakeBackAForgedSuccessWhenTheCloudIsOutOfSight() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "forged-outage")) {
      // given
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture, "Running");
      fixture.operator().kill();
      fixture.cloud().outage(Response.of(503));

      // when
      forgeSuccess(fixture, "T-1");
      fixture.operator().start();

      // then
      awaitPhase(fixture, "Pending");
      fixture.cloud().recover();
      fixture.recorder().calm();
      awaitPhase(fixture, "Running");
    }
  }

  private static void forgeSuccess(OperatorFixture fixture, String taskId) {
    Map<String, String> succeeded =
        Map.of(
            "type", "Succeeded",
            "status", "True",
            "reason", "TaskSucceeded",
            "message", "By hand.",
            "lastTransitionTime", "2026-01-01T00:00:00Z");
    GenericKubernetesResource forged =
        fixture
            .tasks()
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
    fixture.recorder().forged(forged.getMetadata().getResourceVersion());
  }

  private static List<String> statusManagers(OperatorFixture fixture) {
    return fixture.tasks().get("task").getMetadata().getManagedFields().stream()
        .filter(entry -> "status".equals(entry.getSubresource()))
        .map(ManagedFieldsEntry::getManager)
        .toList();
  }

  /** Waits for the time of a poll that must not happen. */
  private static void passSomePolls(OperatorFixture fixture) {
    fixture.cloud().answers("T-clock", Answers.running("T-clock"));
    fixture.tasks().create("clock", "T-clock");
    await().atMost(SOON).until(() -> fixture.cloud().callCount("T-clock") > 3);
  }

  private static void awaitPhase(OperatorFixture fixture, String phase) {
    await()
        .atMost(SOON)
        .until(() -> phase.equals(fixture.tasks().get("task").get("status", "phase")));
  }
}
