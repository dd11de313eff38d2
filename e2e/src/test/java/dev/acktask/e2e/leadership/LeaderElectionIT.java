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
      replicas.startTask();

      // when
      int code = replicas.leader().terminate();
      boolean released = replicas.isReleased();
      replicas.fixture().recorder().calm();
      replicas.failTask();

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
      replicas.startTask();

      // when
      replicas.leader().kill();
      replicas.failTask();

      // then
      replicas.awaitTakeover();
      replicas.fixture().recorder().calm();
      replicas.awaitPhase("task", "Failed");
      assertEquals("standby", replicas.holder());
    }
  }

  /**
   * The worst partition for leases: first resets, which are an answer, then a black hole without
   * one.
   */
  @Test
  @Tag("F83")
  void shouldStopWhenTheLeaderIsCutOff() {
    AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
    try (Replicas replicas = Replicas.start(controlPlane, "cut-off", call -> fault.get())) {
      // given
      replicas.startTask();

      // when
      fault.set(Fault.RESET_BEFORE);
      replicas.failTask();
      await()
          .atMost(SOON)
          .until(() -> replicas.leader().output().split("did not answer", -1).length > 2);
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
      // given: the leader waits for an answer
      OperatorFixture fixture = replicas.fixture();
      replicas.startTask();
      int calls = fixture.cloud().callCount("T-1");
      fixture.cloud().answers("T-1", Answers.state("T-1", "paused").delayed(Duration.ofSeconds(3)));
      await().atMost(SOON).until(() -> fixture.cloud().callCount("T-1") > calls);

      // when
      replicas.leader().freeze();
      replicas.awaitTakeover();
      fixture.recorder().calm();
      replicas.failTask();
      replicas.awaitPhase("task", "Failed");
      replicas.leader().thaw();

      // then
      assertEquals(1, replicas.leader().awaitExit(SOON));
      assertTrue(replicas.leader().output().contains(LOST), replicas.leader()::output);
      assertEquals("standby", replicas.holder());
      assertEquals("Failed", fixture.tasks().get("task").get("status", "phase"));
    }
  }
}
