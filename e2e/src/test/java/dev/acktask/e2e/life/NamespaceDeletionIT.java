package dev.acktask.e2e.life;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.Rig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A namespace goes with everything in it, and the operator neither holds it up nor complains. */
@OnControlPlane
class NamespaceDeletionIT {
  private static final int OBJECTS = 200;

  private final ControlPlane controlPlane;

  NamespaceDeletionIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void f65ShouldEndCleanlyWhenTheNamespaceIsDeletedWithManyObjects() {
    assumeTrue(controlPlane.controllerManager().isPresent(), "no controller manager");
    try (Rig rig = Rig.start(controlPlane, "ending")) {
      // given
      for (int i = 0; i < OBJECTS; i++) {
        rig.cloud().answers("T-" + i, Answers.running("T-" + i));
        rig.tasks().create("task-" + i, "T-" + i);
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> rig.tasks().namesWhere("status.phase", "Running").size() == OBJECTS);

      // when
      CommandResult deleted =
          controlPlane.kubectl("delete", "ns", rig.tasks().namespace(), "--timeout=60s");

      // then
      assertEquals(0, deleted.exitCode(), deleted::toString);
      List<String> complaints =
          rig.operator()
              .output()
              .lines()
              .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
              .toList();
      assertEquals(List.of(), complaints);
      assertTrue(rig.operator().isAlive());
    }
  }
}
