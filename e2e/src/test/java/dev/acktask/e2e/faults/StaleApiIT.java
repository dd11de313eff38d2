package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.operator.Rig;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Catalogue F76: one of several API servers lives in the past, and the operator meets it. */
@OnControlPlane
class StaleApiIT {
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  private final ControlPlane controlPlane;

  StaleApiIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void f76ShouldNotTakeBackAVerdictThatAStaleApiServerDoesNotKnowYet() {
    try (StaleApi stale = new StaleApi(controlPlane);
        Rig rig = Rig.prepare(controlPlane, "stale")) {
      // given
      rig.recorder()
          .expect(Bounds.undisturbed(Rig.POLL_INTERVAL).withReaction(RECOVERY).withExtra(5));
      rig.cloud().answers("T-1", Answers.running("T-1"));
      rig.replica("operator").start();
      rig.tasks().create("task", "T-1");
      awaitPhase(rig, "Running");
      OperatorProcess other =
          rig.replica(
              "other",
              controlPlane.kubeconfigFor(
                  Rig.OPERATOR_NAMESPACE, Rig.OPERATOR_ACCOUNT, stale.address()),
              Map.of());
      other.start();
      stale.freeze();
      other.terminate();
      rig.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
      awaitPhase(rig, "Failed");
      String version = rig.tasks().get("task").getMetadata().getResourceVersion();
      rig.operator().terminate();

      // when
      rig.cloud().answers("T-1", Answers.success("T-1"));
      other.start();
      await().atMost(RECOVERY).until(() -> stale.conflicts() > 0);

      // then
      assertEquals(version, rig.tasks().get("task").getMetadata().getResourceVersion());
      stale.catchUp();
      other.kill();
      other.start();
      rig.recorder().calm();
      assertEquals("Failed", rig.tasks().get("task").get("status", "phase"));
      assertTrue(other.isAlive());
    }
  }

  private static void awaitPhase(Rig rig, String phase) {
    await()
        .atMost(RECOVERY)
        .until(() -> phase.equals(rig.tasks().get("task").get("status", "phase")));
  }
}
