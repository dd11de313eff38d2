package dev.acktask.e2e.leadership;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.faultinjection.Fault;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Which replica leads, also after a fault. The fixture checks the written statuses when it closes.
 */
@OnControlPlane
class LeaderElectionIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String LOST = "The lease is lost";

  private final ControlPlane controlPlane;

  LeaderElectionIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldLetOneReplicaWorkWhenTwoRun() {
    try (Replicas replicas = Replicas.start(controlPlane, "two")) {
      // when
      OperatorFixture fixture = replicas.fixture();
      fixture.cloud().answers("T-1", Answers.running("T-1"), Answers.success("T-1"));
      fixture.tasks().create("task", "T-1");
      replicas.awaitPhase("task", "Succeeded");

      // then
      assertEquals("leader", replicas.holder());
      assertTrue(replicas.standby().isAlive());
      assertFalse(replicas.standbyWorks());
    }
  }

  @Test
  void shouldHandOverWhenTheLeaderIsTerminated() {
    try (Replicas replicas = Replicas.start(controlPlane, "released")) {
      // given
      running(replicas);

      // when
      int code = replicas.leader().terminate();
      boolean released = replicas.isReleased();
      replicas.fixture().recorder().calm();
      failed(replicas);

      // then
      assertEquals(0, code);
      assertTrue(released, () -> "the lease is still held: " + replicas.lease().get());
      replicas.awaitTakeover();
      replicas.awaitPhase("task", "Failed");
    }
  }

  @Test
  void shouldExitWithZeroWhenTheStandbyIsTerminated() {
    try (Replicas replicas = Replicas.start(controlPlane, "standby")) {
      // when
      int code = replicas.standby().terminate();

      // then
      assertEquals(0, code);
      assertEquals("leader", replicas.holder());
      assertTrue(replicas.leader().isAlive());
    }
  }

  @Test
  @Tag("F83")
  void shouldTakeOverWhenTheLeaderIsKilled() {
    try (Replicas replicas = Replicas.start(controlPlane, "killed")) {
      // given
      running(replicas);

      // when
      replicas.leader().kill();
      failed(replicas);

      // then
      replicas.awaitTakeover();
      replicas.fixture().recorder().calm();
      replicas.awaitPhase("task", "Failed");
      assertEquals("standby", replicas.holder());
    }
  }

  /**
   * The worst partition for leases: resets, which are answers, then a black hole, which is none.
   */
  @Test
  @Tag("F83")
  void shouldStopWhenTheLeaderIsCutOff() {
    AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
    try (Replicas replicas = Replicas.start(controlPlane, "cut-off", call -> fault.get())) {
      // given
      running(replicas);

      // when
      fault.set(Fault.RESET_BEFORE);
      failed(replicas);
      await()
          .atMost(SOON)
          .until(() -> replicas.leader().output().split("retryInMs", -1).length > 2);
      fault.set(Fault.HOLD_BEFORE);

      // then
      assertEquals(1, replicas.leader().awaitExit(SOON));
      assertTrue(replicas.leader().output().contains(LOST), replicas.leader()::output);
      replicas.awaitTakeover();
      replicas.fixture().recorder().calm();
      replicas.awaitPhase("task", "Failed");
    }
  }

  @Test
  @Tag("F82")
  void shouldWriteNothingWhenAFrozenLeaderThaws() {
    try (Replicas replicas = Replicas.start(controlPlane, "frozen")) {
      // given: an answer is under way to the leader
      OperatorFixture fixture = replicas.fixture();
      running(replicas);
      int calls = fixture.cloud().callCount("T-1");
      fixture.cloud().answers("T-1", Answers.state("T-1", "paused").delayed(Duration.ofSeconds(3)));
      await().atMost(SOON).until(() -> fixture.cloud().callCount("T-1") > calls);

      // when
      replicas.leader().freeze();
      replicas.awaitTakeover();
      fixture.recorder().calm();
      failed(replicas);
      replicas.awaitPhase("task", "Failed");
      replicas.leader().thaw();

      // then
      assertEquals(1, replicas.leader().awaitExit(SOON));
      assertTrue(replicas.leader().output().contains(LOST), replicas.leader()::output);
      assertEquals("standby", replicas.holder());
      assertEquals("Failed", fixture.tasks().get("task").get("status", "phase"));
    }
  }

  @Test
  @Tag("F84")
  void shouldGoOnWhenTheLeaseIsDeleted() {
    try (Replicas replicas = Replicas.start(controlPlane, "deleted")) {
      // given
      running(replicas);

      // when
      replicas.lease().delete();
      await().atMost(SOON).until(() -> !replicas.holder().isEmpty());
      boolean takenOver = replicas.holder().equals("standby");

      // then: the first to see it has it, and the other one stops or stands by
      if (takenOver) {
        assertEquals(1, replicas.leader().awaitExit(SOON));
        replicas.awaitTakeover();
      }
      replicas.fixture().recorder().calm();
      failed(replicas);
      replicas.awaitPhase("task", "Failed");
      assertEquals(takenOver, replicas.standbyWorks());
    }
  }

  @Test
  @Tag("F84")
  void shouldYieldWhenTheLeaseNamesSomebodyElse() {
    try (Replicas replicas = Replicas.start(controlPlane, "foreign")) {
      // given
      running(replicas);

      // when
      replicas.giveLeaseTo("another-holder");

      // then
      assertEquals(1, replicas.leader().awaitExit(SOON));
      assertTrue(replicas.leader().output().contains(LOST), replicas.leader()::output);
      assertEquals("another-holder", replicas.holder());
      failed(replicas);
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
      running(replicas);

      // when
      fault.set(Fault.FORBIDDEN);

      // then
      assertEquals(1, replicas.leader().awaitExit(SOON));
      assertTrue(replicas.leader().output().contains(LOST), replicas.leader()::output);
      failed(replicas);
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
      running(replicas);

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
      failed(replicas);
      replicas.awaitPhase("task", "Failed");
    } finally {
      restore(shipped);
    }
  }

  private static void running(Replicas replicas) {
    replicas.fixture().cloud().answers("T-1", Answers.running("T-1"));
    replicas.fixture().tasks().create("task", "T-1");
    replicas.awaitPhase("task", "Running");
  }

  private static void failed(Replicas replicas) {
    replicas.fixture().cloud().answers("T-1", Answers.failed("T-1", "Broken", "It broke."));
  }

  private void restore(RoleBinding shipped) {
    shipped.getMetadata().setResourceVersion(null);
    shipped.getMetadata().setUid(null);
    controlPlane.admin().resource(shipped).createOr(existing -> existing.update());
  }
}
