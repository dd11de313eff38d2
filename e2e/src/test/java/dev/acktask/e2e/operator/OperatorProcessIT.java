package dev.acktask.e2e.operator;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Start and end of the process, and what it does after an end that it did not choose. */
@OnControlPlane
class OperatorProcessIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;

  OperatorProcessIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldExitWithZeroWhenTerminated() {
    try (Rig rig = Rig.start(controlPlane, "terminated")) {
      // when
      int code = rig.operator().terminate();

      // then
      assertEquals(0, code);
    }
  }

  @Test
  void shouldExitWithOneWhenMisconfigured() {
    try (Rig rig =
        Rig.prepare(controlPlane, "misconfigured", Map.of("ACKTASK_CALL_TIMEOUT", "soon"))) {
      // when
      OperatorProcess operator = rig.replica("operator").launch();

      // then
      assertEquals(1, operator.awaitExit(SOON));
      assertTrue(operator.output().contains("ACKTASK_CALL_TIMEOUT"), operator::output);
    }
  }

  @Test
  void shouldLeaveFinishedTasksAloneWhenStartedAgain() {
    try (Rig rig = Rig.start(controlPlane, "restarted")) {
      // given
      rig.cloud().answers("T-1", Answers.success("T-1"));
      rig.cloud().answers("T-2", Answers.running("T-2"));
      rig.tasks().create("finished", "T-1");
      rig.tasks().create("running", "T-2");
      awaitPhase(rig, "finished", "Succeeded");
      awaitPhase(rig, "running", "Running");
      String version = rig.tasks().get("finished").getMetadata().getResourceVersion();
      int calls = rig.cloud().callCount("T-1");

      // when
      rig.recorder().expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withExtra(1));
      rig.operator().kill();
      rig.cloud().answers("T-2", Answers.failed("T-2", "Broken", "It broke."));
      rig.operator().start();
      rig.recorder().calm();

      // then
      awaitPhase(rig, "running", "Failed");
      assertEquals(calls, rig.cloud().callCount("T-1"));
      assertEquals(version, rig.tasks().get("finished").getMetadata().getResourceVersion());
    }
  }

  @Test
  void shouldGoOnWhenThawed() {
    try (Rig rig = Rig.start(controlPlane, "thawed")) {
      // given
      rig.cloud().answers("T-1", Answers.running("T-1"));
      rig.tasks().create("task", "T-1");
      awaitPhase(rig, "task", "Running");

      // when
      rig.operator().freeze();
      rig.cloud().answers("T-1", Answers.success("T-1"));
      boolean settled =
          rig.kubectl("wait", "acktask/task", "--for=condition=Settled", "--timeout=3s").exitCode()
              == 0;
      rig.operator().thaw();
      rig.recorder().calm();

      // then
      assertFalse(settled);
      awaitPhase(rig, "task", "Succeeded");
    }
  }

  private static void awaitPhase(Rig rig, String name, String phase) {
    await().atMost(SOON).until(() -> phase.equals(rig.tasks().get(name).get("status", "phase")));
  }
}
