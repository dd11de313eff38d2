package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Catalogue F71: the operator loses its rights and gets them back. */
@OnControlPlane
class ApiRightsFaultsIT extends ApiServerFaultsTestCase {
  ApiRightsFaultsIT(ControlPlane controlPlane) {
    super(controlPlane);
  }

  @Test
  @Tag("F71")
  void shouldReportTheVerdictWhenTheRoleIsRemovedAndRestored() {
    try (OperatorFixture fixture = follow("rbac")) {
      // given
      controlPlane.kubectl("delete", "clusterrolebinding", "acktask-operator").orThrow();
      try {
        // when
        fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        await().atMost(SOON).until(() -> fixture.operator().output().contains("RbacDenied"));
        assertEquals("Running", fixture.tasks().phase("task"));
      } finally {
        applyRbac();
      }
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "task", "Failed");
      awaitNewObject(fixture);
    }
  }

  @Test
  @Tag("F71")
  void shouldRecoverWhenTheRoleIsGoneWhileTheWatchIsOpenedAgain() {
    try (OperatorFixture fixture = follow("rbac-watch")) {
      // given
      controlPlane.kubectl("delete", "clusterrolebinding", "acktask-operator").orThrow();
      try {
        controlPlane.apiServer().kill();
        controlPlane.apiServer().start();
        fixture.cloud().answers("T-1", Answers.failed("T-1", "X", "x"));
        await()
            .atMost(SOON)
            .until(
                () ->
                    !fixture.operator().isAlive()
                        || fixture.operator().output().contains("RbacDenied"));
      } finally {
        controlPlane.heal();
        applyRbac();
      }

      // when
      fixture.recorder().calm();

      // then
      awaitPhase(fixture, "task", "Failed");
      awaitNewObject(fixture);
    }
  }

  private void applyRbac() {
    String folder = Settings.repository().resolve("deploy").toString();
    controlPlane.kubectl("apply", "-f", folder).orThrow();
  }
}
