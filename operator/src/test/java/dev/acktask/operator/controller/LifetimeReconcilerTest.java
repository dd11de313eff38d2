package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskLookup;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Suspension, deadline, TTL and refresh requests. */
final class LifetimeReconcilerTest extends ReconcilerTestCase {
  private static final AckTaskSpec SUSPENDED =
      AckTaskSpec.builder().taskId(TASK_ID).suspend(true).build();
  private static final AckTaskSpec TTL =
      AckTaskSpec.builder().taskId(TASK_ID).ttlSecondsAfterFinished(3_600L).build();
  private static final AckTaskSpec DEADLINE =
      AckTaskSpec.builder().taskId(TASK_ID).pollInterval("1h").deadline("10m").build();

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
  void shouldKeepWhatWasSeenWhenSuspendedAndLookAtOnceWhenResumed() {
    store.create("u1", SPEC);
    reconcileAndWait(0);
    store.edit(SUSPENDED);
    assertEquals(-1, reconcileAndWait(0));
    assertEquals(Phase.RUNNING, status().phase());
    assertEquals("Suspended", status().reason());
    store.edit(SPEC);
    cloud.answer("failed");
    reconcile();
    assertEquals(2, cloud.calls.size());
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  void shouldNotTakeAFinishedVerdictBackWhenSuspended() {
    finish("success");
    store.edit(SUSPENDED);
    reconcileAndWait();
    assertEquals(Phase.SUCCEEDED, status().phase());
    assertEquals(1, cloud.calls.size());
  }

  @Test
  void shouldDeleteTheObjectWhenItsTtlIsOver() {
    store.create("u1", TTL);
    cloud.answer("failed");
    long wait = reconcileAndWait();
    assertEquals(3_600_000, wait);
    reconcile();
    assertTrue(store.isEmpty());
    assertEquals(1, cloud.calls.size());
  }

  @Test
  void shouldNotDeleteTheObjectBeforeItsTtlIsOver() {
    store.create("u1", TTL);
    cloud.answer("failed");
    reconcileAndWait(3_599_000);
    assertEquals(1_000, reconcile());
    assertFalse(store.isEmpty());
  }

  @Test
  void shouldNotDeleteTheObjectWhenItWasEditedAtTheLastMoment() {
    store.create("u1", TTL);
    cloud.answer("failed");
    reconcileAndWait();
    once(() -> store.edit(SPEC));
    reconcile();
    assertFalse(store.isEmpty());
    assertEquals(-1, reconcileAndWait());
  }

  @Test
  void shouldNotDeleteTheObjectOnceAnotherReplicaMayLead() {
    store.create("u1", TTL);
    cloud.answer("failed");
    reconcileAndWait();
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
  void shouldNotDeleteOnTheStrengthOfAForgedStatus() {
    store.create("u1", TTL);
    cloud.answer("failed");
    reconcileAndWait();
    store.forge(status());
    cloud.answer("running");
    reconcile();
    assertFalse(store.isEmpty());
    assertEquals(Phase.RUNNING, status().phase());
  }

  @Test
  void shouldSayThatATaskIsLateAtItsDeadlineAndNotAtItsNextPoll() {
    store.create("u1", DEADLINE);
    long wait = reconcileAndWait();
    assertTrue(wait <= 356_000, () -> "waits " + wait);
    reconcileAndWait();
    assertTrue(isTrue("Overdue"));
    assertTrue(isTrue("Reconciling"));
    assertEquals(1, cloud.calls.size());
    assertEquals(List.of("TaskRunning", "Overdue"), emitted);
  }

  @Test
  void shouldNotComeBackAtOnceWhenVisitedExactlyAtTheDeadline() {
    store.create("u1", AckTaskSpec.builder().taskId(TASK_ID).suspend(true).deadline("10m").build());
    assertEquals(355_000, reconcileAndWait());
    assertEquals(-1, reconcile());
    assertTrue(isTrue("Overdue"));
  }

  @Test
  void shouldMeasureTheDeadlineFromTheTasksCreationWhenDetailsAreRefused() {
    store.create("u1", DEADLINE);
    store.accept(status -> status.taskType() == null);
    cloud.answer(ref -> FakeTaskClient.created(ref, "2026-01-02T02:00:00Z"));
    reconcileAndWait(0);
    assertTrue(isTrue("Overdue"));
    assertEquals("2026-01-02T02:00:00Z", status().startTime());
    reconcile();
    assertTrue(isTrue("Overdue"));
    assertEquals(1, store.written.size());
  }

  @Test
  void shouldSayOnceThatATaskIsLate() {
    store.create("u1", DEADLINE);
    for (int i = 0; i < 6; i++) {
      reconcileAndWait(600_000);
      reconciler = start(6_000);
    }
    assertEquals(1, emitted.stream().filter("Overdue"::equals).count());
    assertEquals(2, store.written.size());
  }

  @Test
  void shouldLookOnceWhenARefreshOfAFinishedTaskIsRequested() {
    finish("success");
    store.requestRefresh("now");
    for (int i = 0; i < 3; i++) {
      assertEquals(-1, reconcileAndWait());
      reconciler = start(6_000);
    }
    assertEquals(2, cloud.calls.size());
    assertEquals("now", status().lastHandledRefreshAt());
    assertEquals(Phase.SUCCEEDED, status().phase());
  }

  @Test
  void shouldKeepTheVerdictAndSaySoWhenARefreshContradictsIt() {
    finish("success");
    store.requestRefresh("now");
    cloud.answer("failed");
    assertEquals(-1, reconcileAndWait());
    assertEquals(Phase.SUCCEEDED, status().phase());
    assertTrue(emitted.contains("VerdictContradicted"));
  }

  @Test
  void shouldKeepSyncedAndSaySoWhenARefreshOfAFinishedTaskFails() {
    finish("success");
    store.requestRefresh("now");
    cloud.answer(
        ref ->
            new TaskLookup.Unavailable(
                TaskLookup.Unavailable.Failure.API_UNAVAILABLE, "down", null));
    assertEquals(-1, reconcileAndWait());
    assertTrue(isTrue("Synced"));
    assertTrue(isTrue("Succeeded"));
    assertTrue(emitted.contains("RefreshFailed"));
    assertEquals("now", status().lastHandledRefreshAt());
  }

  @Test
  void shouldLookAtOnceWhenARefreshOfARunningTaskIsRequested() {
    store.create("u1", SPEC);
    reconcileAndWait(0);
    store.requestRefresh("now");
    long wait = reconcile();
    assertEquals(2, cloud.calls.size());
    assertEquals("now", status().lastHandledRefreshAt());
    assertTrue(wait > 0);
  }

  @Test
  void shouldAnswerARequestThatCameDuringTheCallByACallOfItsOwn() {
    store.create("u1", SPEC);
    reconcileAndWait(0);
    store.requestRefresh("one");
    once(() -> store.requestRefresh("two"));
    reconcile();
    assertEquals("one", status().lastHandledRefreshAt());
    reconcile();
    assertEquals("two", status().lastHandledRefreshAt());
    assertEquals(3, cloud.calls.size());
  }

  @Test
  void shouldLeaveARefreshOpenWhileSuspended() {
    store.create("u1", SUSPENDED);
    store.requestRefresh("now");
    reconcileAndWait();
    assertEquals(List.of(), cloud.calls);
    store.edit(SPEC);
    reconcile();
    assertEquals("now", status().lastHandledRefreshAt());
  }

  @Test
  @Tag("F61")
  void shouldLandTheVerdictWithoutDetailsWhenTheStatusIsRefused() {
    store.create("u1", SPEC);
    store.accept(status -> status.taskType() == null);
    cloud.answer("failed");
    assertEquals(-1, reconcileAndWait());
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
  void shouldTryAgainLaterWhenEvenTheMinimalStatusIsRefused() {
    store.create("u1", SPEC);
    store.accept(status -> false);
    cloud.answer("failed");
    assertTrue(reconcileAndWait() > 0);
    store.accept(status -> true);
    assertEquals(-1, reconcileAndWait());
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  void shouldTryAgainLaterWhenTheDeletionIsRefused() {
    store.create("u1", TTL);
    cloud.answer("failed");
    reconcileAndWait();
    once(
        () -> {
          throw new KubernetesClientException("forbidden", 403, null);
        });
    long wait = reconcileAndWait();
    assertTrue(wait > 0, () -> "waits " + wait);
    reconcile();
    assertTrue(store.isEmpty());
  }

  private boolean isTrue(String type) {
    return status().conditions().stream()
        .anyMatch(c -> c.type().equals(type) && c.status().equals(Condition.TRUE));
  }
}
