package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Suspension, deadline and TTL. */
final class LifetimeReconcilerTest extends ReconcilerTestCase {
  private static final AckTaskSpec SUSPENDED = spec().suspend(true).build();
  private static final AckTaskSpec TTL = spec().ttlSecondsAfterFinished(3_600L).build();
  private static final AckTaskSpec DEADLINE = spec().pollInterval("1h").deadline("10m").build();

  @Test
  @Tag("F66")
  void shouldMakeNoCallWhileSuspended() {
    store.create("u1", SUSPENDED);
    for (int i = 0; i < 5; i++) {
      assertEquals(-1, reconcileAndWait(60_000));
    }
    assertEquals(List.of(), cloud.calls);
    assertEquals(1, store.written.size());
    assertEquals("Suspended", status().reason());
    assertFalse(isTrue("Ready"));
  }

  @Test
  @Tag("F66")
  void shouldKeepTheObservationWhenSuspendedAndPollAtOnceWhenResumed() {
    // given
    store.create("u1", SPEC);
    reconcileAndWait(0);

    // when
    store.edit(SUSPENDED);
    long wait = reconcileAndWait(0);

    // then
    assertEquals(-1, wait);
    assertEquals(Phase.RUNNING, status().phase());
    assertEquals("Suspended", status().reason());

    // when
    store.edit(SPEC);
    cloud.answer("failed");
    reconcile();

    // then
    assertEquals(2, cloud.calls.size());
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  void shouldKeepTheVerdictOfAFinishedTaskWhenSuspended() {
    finish("success");
    store.edit(SUSPENDED);
    reconcileAndWait();
    assertEquals(Phase.SUCCEEDED, status().phase());
    assertEquals(1, cloud.calls.size());
  }

  @Test
  void shouldDeleteTheObjectWhenItsTtlHasExpired() {
    // given
    store.create("u1", TTL);
    cloud.answer("failed");

    // when
    long wait = reconcileAndWait();

    // then
    assertEquals(3_600_000, wait);

    // when
    reconcile();

    // then
    assertTrue(store.isEmpty());
    assertEquals(1, cloud.calls.size());
  }

  @Test
  void shouldNotDeleteTheObjectBeforeItsTtlHasExpired() {
    store.create("u1", TTL);
    cloud.answer("failed");
    reconcileAndWait(3_599_000);
    assertEquals(1_000, reconcile());
    assertFalse(store.isEmpty());
  }

  @Test
  void shouldNotDeleteTheObjectWhenItIsEditedBeforeTheDeletion() {
    finish(TTL, "failed");
    beforeNextWrite(() -> store.edit(SPEC));
    reconcile();
    assertFalse(store.isEmpty());
    assertEquals(-1, reconcileAndWait());
  }

  @Test
  void shouldNotDeleteTheObjectWhenAnotherReplicaMayLead() {
    finish(TTL, "failed");
    isLeader = false;
    reconcile();
    assertFalse(store.isEmpty());
  }

  @Test
  void shouldNeverDeleteAnUnfinishedObject() {
    store.create("u1", TTL);
    reconcileAndWait(0);
    pass(86_400_000);
    reconcile();
    assertFalse(store.isEmpty());
  }

  @Test
  void shouldNotDeleteTheObjectWhenTheVerdictIsForged() {
    // given
    finish(TTL, "failed");
    store.forge(status());
    reconciler = start(6_000);
    cloud.answer("running");

    // when
    reconcile();

    // then
    assertFalse(store.isEmpty());
    assertEquals(Phase.RUNNING, status().phase());
  }

  @Test
  void shouldWaitForAnEventWhenAnotherClientWroteTheSameVerdict() {
    // given
    store.create("u1", TTL);
    cloud.answer(LifetimeReconcilerTest::failedAtThree);
    reconcileAndWait(0);
    store.forge(status());
    pass(Duration.ofHours(2).toMillis());

    // when
    long wait = reconcile();

    // then
    assertEquals(-1, wait);
    assertFalse(store.isEmpty());
  }

  @Test
  void shouldReportOverdueAtTheDeadlineAndNotAtTheNextPoll() {
    // given
    store.create("u1", DEADLINE);

    // when
    long wait = reconcileAndWait();

    // then
    assertTrue(wait <= 600_000, () -> "waits " + wait);

    // when
    reconcileAndWait();

    // then
    assertTrue(isTrue("Overdue"));
    assertTrue(isTrue("Reconciling"));
    assertEquals(1, cloud.calls.size());
    assertEquals(List.of("TaskRunning", "Overdue"), emitted);
  }

  @Test
  void shouldReportOverdueAtTheDeadlineWhenTheTaskIdIsMalformed() {
    store.create("u1", spec().taskId("../T-1").deadline("10m").build());
    assertTrue(reconcileAndWait() > 0, "a timer for the deadline");
    reconcile();
    assertTrue(isTrue("Overdue"));
    assertEquals(0, cloud.calls.size());
  }

  @Test
  void shouldScheduleNothingWhenReconciledExactlyAtTheDeadline() {
    store.create("u1", spec().suspend(true).deadline("10m").build());
    assertEquals(600_000, reconcileAndWait());
    assertEquals(-1, reconcile());
    assertTrue(isTrue("Overdue"));
  }

  @Test
  void shouldMeasureTheDeadlineFromTheTasksCreationWhenDetailsAreRefused() {
    // given
    store.create("u1", DEADLINE);
    store.accept(status -> status.taskType() == null);
    cloud.answer(ref -> FakeTaskClient.created(ref, "2026-01-02T02:00:00Z"));

    // when
    reconcileAndWait(0);

    // then
    assertTrue(isTrue("Overdue"));
    assertEquals("2026-01-02T02:00:00Z", status().startTime());

    // when
    reconcile();

    // then
    assertTrue(isTrue("Overdue"));
    assertEquals(1, store.written.size());
  }

  @Test
  void shouldReportOverdueOnce() {
    store.create("u1", DEADLINE);
    for (int i = 0; i < 6; i++) {
      reconcileAndWait(600_000);
      reconciler = start(6_000);
    }
    assertEquals(1, emitted.stream().filter("Overdue"::equals).count());
    assertEquals(2, store.written.size());
  }

  @Test
  void shouldRetryLaterWhenTheDeletionIsRefused() {
    finish(TTL, "failed");
    beforeNextWrite(
        () -> {
          throw new KubernetesClientException("forbidden", 403, null);
        });
    long wait = reconcileAndWait();
    assertTrue(wait > 0, () -> "waits " + wait);
    reconcile();
    assertTrue(store.isEmpty());
  }

  private static TaskLookup failedAtThree(TaskRef ref) {
    return new TaskLookup.Found(
        TaskInfo.builder(ref.taskId(), "failed")
            .updated("2026-01-02T03:00:00Z")
            .omitted(TaskInfo.Omitted.NONE)
            .build(),
        null);
  }
}
