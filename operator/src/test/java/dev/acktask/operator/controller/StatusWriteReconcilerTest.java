package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.TASK_ID;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Status writes that conflict, fail, are refused, or are not allowed. */
final class StatusWriteReconcilerTest extends ReconcilerTestCase {
  @Test
  @Tag("F68")
  void shouldDecideAgainOnTheFreshObjectAfterAConflict() {
    // given
    store.create("u1", SPEC);
    cloud.answer("failed");
    AtomicInteger conflicts = new AtomicInteger();
    store.beforeEachWrite(
        () -> {
          if (conflicts.getAndIncrement() < 40) {
            store.touch();
          }
        });

    // when
    long wait = reconcileAndWait();

    // then
    assertEquals(-1, wait);
    assertEquals(Phase.FAILED, status().phase());
    assertEquals(1, cloud.calls.size());
    assertEquals(1, store.written.size());
  }

  @Test
  @Tag("F68")
  void shouldRetryLaterWhenConflictsDoNotEnd() {
    // given
    store.create("u1", SPEC);
    cloud.answer("failed");
    store.beforeEachWrite(store::touch);

    // when
    long retry = reconcileAndWait();

    // then
    assertTrue(retry > 0);

    // when
    store.beforeEachWrite(() -> {});
    long wait = reconcileAndWait();

    // then
    assertEquals(-1, wait);
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  @Tag("F68")
  void shouldFreeTheWorkerWhenConflictsDoNotEndAndTheApiServerIsSlow() {
    // given
    store.create("u1", SPEC);
    store.beforeEachWrite(
        () -> {
          pass(4_000);
          store.touch();
        });

    // when
    reconcile();

    // then
    assertEquals(6, store.attempts, "the last attempt starts within 20 s");
    assertEquals(1, failures);

    // when
    store.beforeEachWrite(() -> {});
    pass(1_000);
    reconcile();

    // then
    assertEquals(Phase.RUNNING, status().phase());
  }

  @Test
  @Tag("F69")
  void shouldRetryIndefinitelyWhenTheApiServerIsUnavailable() {
    // given
    store.create("u1", SPEC);
    cloud.answer("failed");
    store.beforeEachWrite(
        () -> {
          throw new KubernetesClientException("down", 503, null);
        });

    // when
    long longest = 0;
    for (int i = 0; i < 40; i++) {
      long wait = reconcileAndWait();
      assertTrue(wait > 0 && wait <= 300_000, () -> "waits " + wait);
      longest = Math.max(longest, wait);
    }

    // then
    assertTrue(longest > 100_000, "the pauses grow");

    // when
    store.beforeEachWrite(() -> {});
    long last = reconcileAndWait();

    // then
    assertEquals(-1, last);
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  @Tag("F81")
  void shouldNotReportAnOutageWhenShutdownCutsTheCallOff() {
    store.create("u1", SPEC);
    reconcileAndWait();
    cloud.answer(
        ref -> {
          poller.stop();
          return new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "cancelled", null);
        });
    reconcile();
    assertEquals(1, store.written.size());
  }

  @Test
  @Tag("F81")
  void shouldWriteACompleteAnswerDuringShutdown() {
    store.create("u1", SPEC);
    cloud.answer(
        ref -> {
          poller.stop();
          return FakeTaskClient.state(ref, "failed");
        });
    reconcile();
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  @Tag("F82")
  void shouldWriteNothingWhenAnotherReplicaMayLead() {
    // given
    store.create("u1", SPEC);

    // when
    isLeader = false;
    long retry = reconcileAndWait();

    // then
    assertTrue(retry > 0);
    assertEquals(List.of(), store.written);

    // when
    isLeader = true;
    reconcileAndWait();

    // then
    assertEquals(Phase.RUNNING, status().phase());
  }

  @Test
  @Tag("F82")
  void shouldWriteNothingWhenLeadershipIsLostBeforeThePermit() throws InterruptedException {
    store.create("u1", SPEC);
    Thread reconcile =
        writes.run(
            () -> {
              Thread waiting = Thread.startVirtualThread(this::reconcile);
              await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
              isLeader = false;
              return waiting;
            });
    reconcile.join();
    assertEquals(List.of(), store.written);
  }

  @Test
  @Tag("F61")
  void shouldWriteTheVerdictWithoutDetailsWhenTheStatusIsRefused() {
    // given
    store.create("u1", SPEC);
    store.accept(status -> status.taskType() == null);
    cloud.answer("failed");

    // when
    long wait = reconcileAndWait();

    // then
    assertEquals(-1, wait);
    assertEquals(Phase.FAILED, status().phase());
    assertTrue(isTrue("Stalled"));
    assertEquals(TASK_ID, status().taskId());
    assertEquals("failed", status().state());
    assertEquals(List.of("TaskFailed"), emitted);
  }

  @Test
  @Tag("F61")
  void shouldWriteNoMoreThanOnceWhenOnlyTheMinimalStatusIsAccepted() {
    store.create("u1", SPEC);
    store.accept(status -> status.taskType() == null);
    for (int i = 0; i < 5; i++) {
      reconcileAndWait();
    }
    assertEquals(5, cloud.calls.size());
    assertEquals(1, store.written.size());
  }

  @Test
  @Tag("F61")
  void shouldRetryLaterWhenEvenTheMinimalStatusIsRefused() {
    // given
    store.create("u1", SPEC);
    store.accept(status -> false);
    cloud.answer("failed");

    // when
    long retry = reconcileAndWait();

    // then
    assertTrue(retry > 0);

    // when
    store.accept(status -> true);
    long wait = reconcileAndWait();

    // then
    assertEquals(-1, wait);
    assertEquals(Phase.FAILED, status().phase());
  }
}
