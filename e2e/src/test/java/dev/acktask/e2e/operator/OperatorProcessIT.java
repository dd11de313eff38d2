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

/** Start and end of the process, and its behaviour after a kill. */
@OnControlPlane
class OperatorProcessIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ControlPlane controlPlane;

  OperatorProcessIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldExitWithZeroWhenTerminated() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "terminated")) {
      // when
      int code = fixture.operator().terminate();

      // then
      assertEquals(0, code);
    }
  }

  @Test
  void shouldExitWithOneWhenMisconfigured() {
    try (OperatorFixture fixture =
        OperatorFixture.prepare(
            controlPlane, "misconfigured", Map.of("ACKTASK_CALL_TIMEOUT", "soon"))) {
      // when
      OperatorProcess operator = fixture.replica("operator").launch();

      // then
      assertEquals(1, operator.awaitExit(SOON));
      assertTrue(operator.output().contains("ACKTASK_CALL_TIMEOUT"), operator::output);
    }
  }

  @Test
  void shouldLeaveFinishedTasksAloneWhenStartedAgain() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "restarted")) {
      // given
      fixture.cloud().answers("T-1", Answers.success("T-1"));
      fixture.cloud().answers("T-2", Answers.running("T-2"));
      fixture.tasks().create("finished", "T-1");
      fixture.tasks().create("running", "T-2");
      awaitPhase(fixture, "finished", "Succeeded");
      awaitPhase(fixture, "running", "Running");
      String version = fixture.tasks().get("finished").getMetadata().getResourceVersion();
      int calls = fixture.cloud().callCount("T-1");

      // when
      fixture.recorder().expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(1));
      fixture.operator().kill();
      fixture.cloud().answers("T-2", Answers.failed("T-2", "Broken", "It broke."));
      fixture.operator().start();
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "running", "Failed");
      assertEquals(calls, fixture.cloud().callCount("T-1"));
      assertEquals(version, fixture.tasks().get("finished").getMetadata().getResourceVersion());
    }
  }

  @Test
  void shouldGoOnWhenThawed() {
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "thawed")) {
      // given
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture, "task", "Running");

      // when
      fixture.operator().freeze();
      fixture.cloud().answers("T-1", Answers.success("T-1"));
      boolean settled =
          fixture
                  .kubectl("wait", "acktask/task", "--for=condition=Settled", "--timeout=3s")
                  .exitCode()
              == 0;
      fixture.operator().thaw();
      fixture.recorder().calm();

      // then
      assertFalse(settled);
      awaitPhase(fixture, "task", "Succeeded");
    }
  }

  private static void awaitPhase(OperatorFixture fixture, String name, String phase) {
    await()
        .atMost(SOON)
        .until(() -> phase.equals(fixture.tasks().get(name).get("status", "phase")));
  }
}
