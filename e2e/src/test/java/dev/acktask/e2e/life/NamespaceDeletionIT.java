package dev.acktask.e2e.life;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deletion of a namespace: the operator neither blocks it nor logs errors. */
@OnControlPlane
class NamespaceDeletionIT {
  private static final int OBJECTS = 200;

  private final ControlPlane controlPlane;

  NamespaceDeletionIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F65")
  void shouldEndCleanlyWhenTheNamespaceIsDeletedWithManyObjects() {
    assumeTrue(controlPlane.controllerManager().isPresent(), "no controller manager");
    try (OperatorFixture fixture = OperatorFixture.start(controlPlane, "ending")) {
      // given
      for (int i = 0; i < OBJECTS; i++) {
        fixture.cloud().answers("T-" + i, Answers.running("T-" + i));
        fixture.tasks().create("task-" + i, "T-" + i);
      }
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> fixture.tasks().namesWhere("status.phase", "Running").size() == OBJECTS);

      // when
      CommandResult deleted =
          controlPlane.kubectl("delete", "ns", fixture.tasks().namespace(), "--timeout=60s");

      // then
      assertEquals(0, deleted.exitCode(), deleted::toString);
      List<String> complaints =
          fixture
              .operator()
              .output()
              .lines()
              .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
              .toList();
      assertEquals(List.of(), complaints);
      assertTrue(fixture.operator().isAlive());
    }
  }
}
