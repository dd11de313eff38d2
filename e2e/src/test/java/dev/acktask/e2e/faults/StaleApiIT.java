package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Catalogue F76: the operator reads from an API server that is behind the others. */
@OnControlPlane
class StaleApiIT {
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  private final ControlPlane controlPlane;

  StaleApiIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F76")
  void shouldNotTakeBackAVerdictThatAStaleApiServerDoesNotKnowYet() {
    try (StaleApi stale = new StaleApi(controlPlane);
        OperatorFixture fixture = OperatorFixture.prepare(controlPlane, "stale")) {
      // given
      fixture
          .recorder()
          .expect(
              Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                  .withReaction(RECOVERY)
                  .withExtra(5));
      fixture.cloud().answers("T-1", Answers.running("T-1"));
      fixture.replica("operator").start();
      fixture.tasks().create("task", "T-1");
      awaitPhase(fixture, "Running");
      OperatorProcess other =
          fixture.replica(
              "other",
              controlPlane.kubeconfigFor(
                  OperatorFixture.OPERATOR_NAMESPACE,
                  OperatorFixture.OPERATOR_ACCOUNT,
                  stale.address()),
              Map.of());
      other.start();
      stale.freeze();
      other.terminate();
      fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      awaitPhase(fixture, "Failed");
      String version = fixture.tasks().get("task").getMetadata().getResourceVersion();
      fixture.operator().terminate();

      // when
      fixture.cloud().answers("T-1", Answers.success("T-1"));
      other.start();
      await().atMost(RECOVERY).until(() -> stale.conflicts() > 0);

      // then
      assertEquals(version, fixture.tasks().get("task").getMetadata().getResourceVersion());
      stale.catchUp();
      other.kill();
      other.start();
      fixture.recorder().calm();
      assertEquals("Failed", fixture.tasks().get("task").get("status", "phase"));
      assertTrue(other.isAlive());
    }
  }

  private static void awaitPhase(OperatorFixture fixture, String phase) {
    await()
        .atMost(RECOVERY)
        .until(() -> phase.equals(fixture.tasks().get("task").get("status", "phase")));
  }
}
