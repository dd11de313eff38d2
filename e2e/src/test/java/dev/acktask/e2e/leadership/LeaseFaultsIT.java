package dev.acktask.e2e.leadership;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.faultinjection.Fault;
import dev.acktask.e2e.operator.OperatorFixture;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Catalogue F84: the Lease changes, or the right to it. The fixture checks the written statuses
 * when it closes.
 */
@OnControlPlane
class LeaseFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String LOST = "The lease is lost";

  private final ControlPlane controlPlane;

  LeaseFaultsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F84")
  void shouldGoOnWhenTheLeaseIsDeleted() {
    try (Replicas replicas = Replicas.start(controlPlane, "deleted")) {
      // given
      replicas.startTask();

      // when
      replicas.lease().delete();
      await().atMost(SOON).until(() -> !replicas.holder().isEmpty());
      boolean takenOver = replicas.holder().equals("standby");

      // then: the first replica to notice holds it, and the other one exits or stands by
      if (takenOver) {
        assertEquals(1, replicas.leader().awaitExit(SOON));
        replicas.awaitTakeover();
      }
      replicas.fixture().recorder().calm();
      replicas.failTask();
      replicas.awaitPhase("task", "Failed");
      assertEquals(takenOver, replicas.standbyWorks());
    }
  }

  @Test
  @Tag("F84")
  void shouldYieldWhenTheLeaseNamesAnotherHolder() {
    try (Replicas replicas = Replicas.start(controlPlane, "foreign")) {
      // given
      replicas.startTask();

      // when
      replicas.giveLeaseTo("another-holder");

      // then
      assertEquals(1, replicas.leader().awaitExit(SOON));
      assertTrue(replicas.leader().output().contains(LOST), replicas.leader()::output);
      assertEquals("another-holder", replicas.holder());
      replicas.failTask();
      replicas.awaitTakeover();
      replicas.fixture().recorder().calm();
      replicas.awaitPhase("task", "Failed");
    }
  }

  @Test
  @Tag("F84")
  void shouldTakeOverWhenOnlyTheLeaseIsRefused() {
    AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
    try (Replicas replicas =
        Replicas.start(
            controlPlane, "refused", call -> call.isLease() ? fault.get() : Fault.NONE)) {
      // given
      replicas.startTask();

      // when
      fault.set(Fault.FORBIDDEN);

      // then
      assertEquals(1, replicas.leader().awaitExit(SOON));
      assertTrue(replicas.leader().output().contains(LOST), replicas.leader()::output);
      replicas.failTask();
      replicas.awaitTakeover();
      replicas.fixture().recorder().calm();
      replicas.awaitPhase("task", "Failed");
    }
  }

  @Test
  @Tag("F84")
  void shouldExitWhenTheRightToTheLeaseIsTakenAway() {
    Resource<RoleBinding> right =
        controlPlane
            .admin()
            .rbac()
            .roleBindings()
            .inNamespace(OperatorFixture.OPERATOR_NAMESPACE)
            .withName("acktask-operator-leader");
    RoleBinding shipped = right.get();
    try (Replicas replicas = Replicas.start(controlPlane, "forbidden")) {
      // given
      replicas.startTask();

      // when
      right.delete();
      int code = replicas.leader().awaitExit(SOON);
      boolean standbyLives = replicas.standby().isAlive();
      restore(shipped);

      // then
      assertEquals(1, code);
      assertTrue(replicas.leader().output().contains(LOST), replicas.leader()::output);
      assertTrue(standbyLives);
      replicas.awaitTakeover();
      replicas.fixture().recorder().calm();
      replicas.failTask();
      replicas.awaitPhase("task", "Failed");
    } finally {
      restore(shipped);
    }
  }

  private void restore(RoleBinding shipped) {
    shipped.getMetadata().setResourceVersion(null);
    shipped.getMetadata().setUid(null);
    controlPlane.admin().resource(shipped).createOr(existing -> existing.update());
  }
}
