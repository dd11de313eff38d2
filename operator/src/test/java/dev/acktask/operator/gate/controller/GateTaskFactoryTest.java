package dev.acktask.operator.gate.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.gate.GateTask;
import dev.acktask.operator.gate.GateTask.Outcome;
import dev.acktask.operator.kubernetes.CachedAckTask;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GateTaskFactoryTest {
  @Test
  void shouldReadAFinishedTaskAsTheCacheKeepsIt() {
    AckTask task = CachedAckTask.prune(AckTasks.succeeded().build());

    assertEquals(
        GateTask.builder("upgrade", Outcome.SUCCEEDED)
            .phase("Succeeded")
            .clusterId("c1")
            .taskCreated(Instant.parse("2026-01-02T02:50:00Z"))
            .message("cluster_upgrade succeeded.")
            .build(),
        GateTaskFactory.of(task));
  }

  @Test
  void shouldReadWhatDidNotSucceed() {
    GateTask task = GateTaskFactory.of(AckTasks.failed().build());

    assertEquals(Outcome.NOT_SUCCEEDED, task.outcome());
    assertEquals("cluster_upgrade failed: DrainTimeout: node i-1 was not drained.", task.message());
  }

  @Test
  void shouldReadAnUnfinishedTask() {
    GateTask task = GateTaskFactory.of(AckTasks.running().build());

    assertEquals(Outcome.UNFINISHED, task.outcome());
    assertEquals("Running", task.phase());
  }

  @Test
  void shouldKnowLittleBeforeTheFirstStatus() {
    AckTask submitted = AckTasks.submitted().spec(AckTasks.spec().clusterId("c7").build()).build();

    GateTask task = GateTaskFactory.of(submitted);

    assertEquals(Outcome.UNFINISHED, task.outcome());
    assertEquals("c7", task.clusterId());
    assertNull(task.taskCreated());
  }

  @Test
  void shouldTrustNoVerdictOfAnotherClient() {
    for (AckTasks.Builder each : List.of(AckTasks.succeeded(), AckTasks.failed())) {
      AckTask forged = each.build();
      Gates.forge(forged.getMetadata());

      GateTask task = GateTaskFactory.of(forged);

      assertEquals(Outcome.UNFINISHED, task.outcome());
      assertNull(task.clusterId());
      assertNull(task.taskCreated());
      assertEquals(
          "Another client wrote the status last. The operator has not replaced it yet.",
          task.message());
    }
  }

  @Test
  void shouldNotUseTheVerdictOfAnotherTask() {
    for (AckTasks.Builder each : List.of(AckTasks.succeeded(), AckTasks.failed())) {
      AckTask other = each.spec(AckTasks.spec().taskId("T-other").build()).build();

      assertEquals(Outcome.UNFINISHED, GateTaskFactory.of(other).outcome());
    }
  }

  @Test
  void shouldReadARefusedSpecAsNotSucceeded() {
    AckTaskStatus refused =
        AckTasks.failed().status(it -> it.taskId(null).phase(Phase.STALLED)).status();

    GateTask task = GateTaskFactory.of(AckTasks.submitted().status(refused).build());

    assertEquals(Outcome.NOT_SUCCEEDED, task.outcome());
    assertEquals("Stalled", task.phase());
  }

  @Test
  void shouldNotReadASuccessWithoutATaskId() {
    AckTaskStatus status = AckTasks.succeeded().status(it -> it.taskId(null)).status();

    assertEquals(
        Outcome.UNFINISHED,
        GateTaskFactory.of(AckTasks.submitted().status(status).build()).outcome());
  }

  @Test
  void shouldReadWhyPollsFail() {
    Condition synced =
        new Condition("Synced", "False", "Throttled", "Too many requests.", 1L, "2026-01-02");
    AckTask task = AckTasks.running().status(it -> it.conditions(List.of(synced))).build();

    assertEquals("Too many requests.", GateTaskFactory.of(task).syncProblem());
  }

  @Test
  void shouldNotGuessATimeWithoutAZone() {
    AckTask task = AckTasks.running().status(it -> it.createdTime("2026-01-02 10:50:00")).build();

    assertNull(GateTaskFactory.of(task).taskCreated());
  }
}
