package dev.acktask.operator.controller;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskLookup;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AckTaskReconcilerTest extends ReconcilerTestCase {
  private static final AckTaskSpec OTHER_TASK =
      AckTaskSpec.builder().taskId("T-000000000000000000000b02").build();

  private static final AckTaskSpec LESS_OFTEN =
      AckTaskSpec.builder().taskId(TASK_ID).pollInterval("1m").build();

  @Test
  void shouldFollowATaskToItsEnd() {
    store.create("u1", SPEC);
    assertTrue(reconcileAndWait() > 0);
    assertEquals(Phase.RUNNING, status().phase());
    cloud.answer("success");
    assertEquals(-1, reconcileAndWait());
    assertEquals(Phase.SUCCEEDED, status().phase());
    assertEquals(List.of("TaskRunning", "TaskSucceeded"), emitted);
  }

  @Test
  void shouldWriteNothingWhenNothingChanged() {
    store.create("u1", SPEC);
    for (int i = 0; i < 10; i++) {
      reconcileAndWait();
    }
    assertEquals(10, cloud.calls.size());
    assertEquals(1, store.written.size());
  }

  @Test
  @Tag("F1")
  void shouldMakeNoCallAndNoWriteOnceFinished() {
    finish("success");
    for (int i = 0; i < 5; i++) {
      assertEquals(-1, reconcileAndWait());
      reconciler = start(6_000);
    }
    assertEquals(1, cloud.calls.size());
    assertEquals(1, store.written.size());
  }

  @Test
  void shouldAcknowledgeAnEditOfAFinishedTaskByOneWriteAndNoCall() {
    finish("failed");
    store.edit(LESS_OFTEN);
    reconcileAndWait();
    reconcileAndWait();
    assertEquals(1, cloud.calls.size());
    assertEquals(2, store.written.size());
    assertEquals(2, status().observedGeneration());
    assertTrue(status().conditions().stream().allMatch(c -> c.observedGeneration() == 2));
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  @Tag("F64")
  void shouldNotPollBecauseOfAnEvent() {
    store.create("u1", SPEC);
    reconcileAndWait(0);
    for (int i = 0; i < 100; i++) {
      store.touch();
      reconcile();
    }
    assertEquals(1, cloud.calls.size());
  }

  @Test
  void shouldAcknowledgeAnEditBetweenTwoPollsAndHonourAShorterInterval() {
    store.create("u1", AckTaskSpec.builder().taskId(TASK_ID).pollInterval("1h").build());
    reconcileAndWait(0);
    store.edit(SPEC);
    long wait = reconcileAndWait(0);
    assertEquals(1, cloud.calls.size());
    assertEquals(2, status().observedGeneration());
    assertTrue(wait <= 16_500, () -> "waits " + wait);
    pass(wait);
    reconcile();
    assertEquals(2, cloud.calls.size());
  }

  @Test
  void shouldSpreadTheFirstPollsAfterARestart() {
    store.create("u1", SPEC);
    reconcileAndWait();
    reconciler = start(6_000);
    long wait = reconcileAndWait(0);
    assertTrue(wait > 0 && wait < 15_000, () -> "waits " + wait);
    assertEquals(1, cloud.calls.size());
    pass(wait);
    reconcile();
    assertEquals(2, cloud.calls.size());
  }

  @Test
  void shouldWaitForTheBudgetWithoutBlockingAndSaySo() {
    reconciler = start(1);
    store.create("u0", SPEC);
    reconcileAndWait(0);
    store.create("u1", SPEC);
    long wait = reconcileAndWait(0);
    assertEquals(60_000, wait);
    assertEquals(Phase.PENDING, status().phase());
    assertEquals(1, cloud.calls.size());
    store.touch();
    assertEquals(60_000, reconcileAndWait(0), "a reservation is kept, not renewed");
    pass(wait);
    reconcile();
    assertEquals(2, cloud.calls.size());
  }

  @Test
  void shouldKeepItsTurnInTheQueueWhenTheSpecIsEdited() {
    reconciler = start(1);
    store.create("u0", SPEC);
    reconcileAndWait(0);
    store.create("u1", SPEC);
    assertEquals(60_000, reconcileAndWait(0));
    store.edit(AckTaskSpec.builder().taskId(TASK_ID).pollInterval("20s").build());
    assertEquals(60_000, reconcileAndWait(60_000));
    reconcile();
    assertEquals(2, cloud.calls.size());
  }

  @Test
  void shouldKeepToTheBudgetHoweverOftenAFreshPollIsRequested() {
    reconciler = start(1);
    store.create("u1", SPEC);
    for (int second = 0; second < 10 * 60; second++) {
      store.requestRefresh("request " + second);
      reconcileAndWait(1_000);
    }
    assertEquals(10, cloud.calls.size(), "one request a minute");
    assertEquals("request 540", status().lastHandledRefreshAt());
    store.create("u2", SPEC);
    assertEquals(60_000, reconcile(), "no more than one request is reserved for another task");
  }

  @Test
  void shouldTakeNoFurtherTurnWhenEditedWhileTheCloudAsksForAPause() {
    reconciler = start(1);
    cloud.answer(ref -> new TaskLookup.Throttled("throttled", Duration.ofMinutes(5), null));
    store.create("u1", SPEC);
    reconcileAndWait(0);
    for (int second = 0; second < 60; second++) {
      store.requestRefresh("request " + second);
      reconcileAndWait(1_000);
    }
    store.create("u2", SPEC);
    long untilTheEndOfThePause = 4 * 60_000;
    assertEquals(untilTheEndOfThePause + 60_000, reconcile());
    assertEquals(1, cloud.calls.size());
  }

  @Test
  @Tag("F40")
  void shouldStopAllTasksOfTheConnectionWhileTheCloudAsksForIt() {
    cloud.answer(ref -> new TaskLookup.Throttled("throttled", Duration.ofSeconds(40), null));
    store.create("u1", SPEC);
    reconcileAndWait(0);
    store.create("u2", SPEC);
    assertEquals(40_000, reconcileAndWait(0));
    assertEquals(1, cloud.calls.size());
  }

  @ParameterizedTest
  @Tag("F53")
  @ValueSource(
      strings = {"", " ", "../clusters/x", "..", "T-1?x=1", "%2e%2e", "T-1\r\n", "T-\u0000", "ä"})
  void shouldRefuseAMalformedTaskIdWithoutARequest(String taskId) {
    store.create("u1", AckTaskSpec.builder().taskId(taskId).build());
    assertEquals(-1, reconcileAndWait());
    assertEquals(-1, reconcileAndWait());
    assertEquals(Phase.STALLED, status().phase());
    assertEquals("InvalidSpec", status().reason());
    assertEquals(List.of(), cloud.calls);
    assertEquals(1, store.written.size());
  }

  @Test
  @Tag("F53")
  void shouldRefuseAnObjectWithoutASpec() {
    store.create("u1", null);
    assertEquals(-1, reconcileAndWait());
    assertEquals("InvalidSpec", status().reason());
  }

  @Test
  @Tag("F54")
  void shouldNotLandTheAnswerForAnotherTaskId() {
    store.create("u1", SPEC);
    cloud.answer("success");
    once(() -> store.edit(OTHER_TASK));
    reconcileAndWait();
    assertEquals(List.of(), store.written);
    cloud.answer("running");
    reconcileAndWait();
    assertEquals(Phase.RUNNING, status().phase());
    assertEquals(OTHER_TASK.taskId(), status().taskId());
  }

  @Test
  @Tag("F54")
  void shouldNotAskAgainWhenTheObjectAsKnownIsOlderThanTheVerdict() {
    store.create("u1", SPEC);
    cloud.answer("success");
    AtomicReference<AckTask> edited = new AtomicReference<>();
    once(() -> edited.set(FakeAckTaskStore.asWatched(store.edit(LESS_OFTEN))));
    reconcile();
    reconciler.reconcile(edited.get(), null);
    assertEquals(1, cloud.calls.size());
    assertEquals(Phase.SUCCEEDED, status().phase());
    assertEquals(2, status().observedGeneration());
  }

  @Test
  @Tag("F54")
  void shouldResetTheStatusInOneWriteWhenTheTaskIdChanged() {
    finish("success");
    store.edit(OTHER_TASK);
    cloud.answer("running");
    reconcileAndWait();
    assertEquals(2, store.written.size());
    assertEquals(Phase.RUNNING, status().phase());
    assertEquals(2, status().observedGeneration());
    assertEquals(OTHER_TASK.taskId(), status().taskId());
    assertFalse(
        status().conditions().stream()
            .anyMatch(c -> c.status().equals("True") && c.type().equals("Ready")));
  }

  @Test
  @Tag("F54")
  void shouldGiveAnotherTaskAGraceTimeOfItsOwn() {
    store.create("u1", SPEC);
    cloud.answer(ref -> new TaskLookup.NotFound("No such task.", null));
    for (int i = 0; i < 20; i++) {
      reconcileAndWait();
    }
    assertEquals(Phase.STALLED, status().phase());
    store.edit(OTHER_TASK);
    reconcile();
    assertEquals(Phase.PENDING, status().phase());
    assertEquals("NotObserved", status().reason());
  }

  @Test
  @Tag("F54")
  void shouldGiveAnotherTaskAGraceTimeOfItsOwnWhenItHadToWaitForItsTurn() {
    reconciler = start(4);
    store.create("u1", SPEC);
    cloud.answer(ref -> new TaskLookup.NotFound("No such task.", null));
    reconcileAndWait(600_000);
    reconcile();
    assertEquals(Phase.STALLED, status().phase());
    store.edit(OTHER_TASK);
    reconcileAndWait();
    reconcile();
    assertEquals(3, cloud.calls.size());
    assertEquals(Phase.PENDING, status().phase());
  }

  @Test
  @Tag("F55")
  void shouldBeSilentWhenTheObjectIsDeletedDuringThePoll() {
    store.create("u1", SPEC);
    once(store::delete);
    assertEquals(-1, reconcileAndWait());
    assertEquals(List.of(), emitted);
  }

  @Test
  @Tag("F56")
  void shouldNotPutTheOldVerdictOnARecreatedObject() {
    store.create("u1", SPEC);
    cloud.answer("success");
    once(() -> store.create("u2", SPEC));
    assertEquals(-1, reconcileAndWait());
    assertEquals(List.of(), store.written);
  }

  @Test
  @Tag("F58")
  void shouldReplaceAForgedSuccessByTheTruth() {
    AckTaskStatus success = success();
    cloud.answer("running");
    store.create("u2", SPEC);
    reconcileAndWait();
    store.forge(success);
    assertTrue(reconcileAndWait() > 0);
    assertEquals(Phase.RUNNING, status().phase());
  }

  @Test
  @Tag("F58")
  void shouldReadAFinishedStatusAgainOnceWhenSomebodyElseWroteIt() {
    AckTaskStatus success = success();
    finish("failed");
    store.forge(success);
    int calls = cloud.calls.size();
    int writes = store.written.size();
    for (int i = 0; i < 5; i++) {
      assertEquals(-1, reconcileAndWait());
      reconciler = start(6_000);
    }
    assertEquals(Phase.FAILED, status().phase());
    assertEquals(calls + 1, cloud.calls.size());
    assertEquals(writes + 1, store.written.size());
  }

  @Test
  @Tag("F58")
  void shouldPollOncePerIntervalWhenAStatusIsForgedInALoop() {
    AckTaskStatus success = success();
    finish("failed");
    int calls = cloud.calls.size();
    for (int second = 0; second < 150; second++) {
      store.forge(success);
      reconcileAndWait(1_000);
    }
    int more = cloud.calls.size() - calls;
    assertTrue(more >= 9 && more <= 12, () -> more + " polls in ten intervals");
  }

  @Test
  @Tag("F58")
  void shouldNotBelieveAForgedSuccessWhileTheCloudIsOutOfSight() {
    AckTaskStatus success = success();
    finish("failed");
    store.forge(success);
    cloud.answer(
        ref ->
            new TaskLookup.Unavailable(
                TaskLookup.Unavailable.Failure.API_UNAVAILABLE, "down", null));
    assertTrue(reconcileAndWait() > 0);
    assertEquals("NotObserved", status().reason());
  }

  @Test
  @Tag("F58")
  void shouldPutAForgedPhaseRightAtOnce() {
    store.create("u1", SPEC);
    reconcileAndWait(0);
    store.forge(Forgery.withPhase(status(), Phase.SUCCEEDED));
    reconcile();
    assertEquals(Phase.RUNNING, status().phase());
    assertEquals(1, cloud.calls.size());
  }

  @Test
  @Tag("F58")
  void shouldNotWriteAForgedPhaseItselfWhileTheCloudIsOutOfSight() {
    store.create("u1", SPEC);
    reconcileAndWait();
    store.forge(Forgery.withPhase(status(), Phase.SUCCEEDED));
    cloud.answer(
        ref ->
            new TaskLookup.Unavailable(
                TaskLookup.Unavailable.Failure.API_UNAVAILABLE, "down", null));
    reconcile();
    assertEquals(Phase.RUNNING, status().phase());
    assertEquals("ApiUnavailable", synced());
  }

  @Test
  @Tag("F68")
  void shouldDecideAgainOnTheFreshObjectAfterAConflict() {
    store.create("u1", SPEC);
    cloud.answer("failed");
    int[] conflicts = {0};
    store.beforeEachWrite(
        () -> {
          if (conflicts[0]++ < 40) {
            store.touch();
          }
        });
    assertEquals(-1, reconcileAndWait());
    assertEquals(Phase.FAILED, status().phase());
    assertEquals(1, cloud.calls.size());
    assertEquals(1, store.written.size());
  }

  @Test
  @Tag("F68")
  void shouldTryAgainLaterWhenTheConflictsDoNotEnd() {
    store.create("u1", SPEC);
    cloud.answer("failed");
    store.beforeEachWrite(store::touch);
    assertTrue(reconcileAndWait() > 0);
    store.beforeEachWrite(() -> {});
    assertEquals(-1, reconcileAndWait());
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  @Tag("F68")
  void shouldFreeTheWorkerWhenConflictsDoNotEndAndTheApiServerIsSlow() {
    store.create("u1", SPEC);
    store.beforeEachWrite(
        () -> {
          pass(4_000);
          store.touch();
        });
    reconcile();
    assertEquals(6, store.attempts, "the last one begins within 20 s");
    assertEquals(1, failures);
    store.beforeEachWrite(() -> {});
    pass(1_000);
    reconcile();
    assertEquals(Phase.RUNNING, status().phase());
  }

  @Test
  @Tag("F69")
  void shouldTryAgainForEverWhenTheApiServerRefuses() {
    store.create("u1", SPEC);
    cloud.answer("failed");
    store.beforeEachWrite(
        () -> {
          throw new KubernetesClientException("down", 503, null);
        });
    long longest = 0;
    for (int i = 0; i < 40; i++) {
      long wait = reconcileAndWait();
      assertTrue(wait > 0 && wait <= 300_000, () -> "waits " + wait);
      longest = Math.max(longest, wait);
    }
    assertTrue(longest > 100_000, "ever more slowly");
    store.beforeEachWrite(() -> {});
    assertEquals(-1, reconcileAndWait());
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  @Tag("F81")
  void shouldNotTakeACallThatItsOwnEndCutOffForAnOutage() {
    store.create("u1", SPEC);
    reconcileAndWait();
    isShuttingDown = true;
    cloud.answer(
        ref ->
            new TaskLookup.Unavailable(
                TaskLookup.Unavailable.Failure.API_UNAVAILABLE, "closed", null));
    reconcile();
    assertEquals(1, store.written.size());
  }

  @Test
  @Tag("F81")
  void shouldWriteAnAnswerThatCameBeforeTheEnd() {
    store.create("u1", SPEC);
    isShuttingDown = true;
    cloud.answer("failed");
    reconcile();
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  @Tag("F82")
  void shouldWriteNothingOnceAnotherReplicaMayLead() {
    store.create("u1", SPEC);
    isLeader = false;
    assertTrue(reconcileAndWait() > 0);
    assertEquals(List.of(), store.written);
    isLeader = true;
    reconcileAndWait();
    assertEquals(Phase.RUNNING, status().phase());
  }

  @Test
  @Tag("F82")
  void shouldWriteNothingWhenAnotherReplicaMayLeadByTheTimeOfItsTurn() throws InterruptedException {
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
  @Tag("F86")
  void shouldComeBackAfterAnErrorOfAnyKind() {
    store.create("u1", SPEC);
    for (Error error :
        List.of(
            new StackOverflowError(),
            new AssertionError("x"),
            new NoClassDefFoundError("x"),
            new OutOfMemoryError("x"))) {
      cloud.answer(
          ref -> {
            throw error;
          });
      assertTrue(reconcileAndWait() > 0);
    }
    assertEquals(1, exits, "a process that ran out of memory ends");
    cloud.answer("failed");
    assertEquals(-1, reconcileAndWait());
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  @Tag("F87")
  void shouldStillPollAfterADayOfFailures() {
    store.create("u1", SPEC);
    cloud.answer(
        ref ->
            new TaskLookup.Unavailable(
                TaskLookup.Unavailable.Failure.API_UNAVAILABLE, "down", null));
    for (int i = 0; i < 400; i++) {
      long wait = reconcileAndWait();
      assertTrue(wait > 0 && wait <= 330_000, () -> "waits " + wait);
    }
    assertEquals(1, store.written.size(), "an outage is said once");
    cloud.answer("success");
    assertEquals(-1, reconcileAndWait());
    assertEquals(Phase.SUCCEEDED, status().phase());
  }

  private String synced() {
    return status().conditions().stream()
        .filter(condition -> condition.type().equals("Synced"))
        .map(Condition::reason)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldNotReadTheSameAnswerAgainOnceItLeftNothingToWrite() {
    store.create("u1", SPEC);
    reconcileAndWait(); // writes
    reconcileAndWait(); // finds nothing to write
    assertEquals(0, cloud.unread);
    reconcileAndWait();
    reconcileAndWait();
    assertEquals(2, cloud.unread);
    assertEquals(1, store.written.size());
  }

  @Test
  void shouldReadTheSameAnswerAgainWhenTheObjectHasChanged() {
    settle();
    store.touch();
    reconcileAndWait();
    assertEquals(0, cloud.unread);
  }

  @Test
  void shouldReadTheSameAnswerAgainWhenTimeAloneChangesWhatItMeans() {
    store.create(
        "u1", AckTaskSpec.builder().taskId(TASK_ID).pollInterval("10s").deadline("2m").build());
    for (int i = 0; i < 30; i++) {
      reconcileAndWait();
    }
    assertTrue(cloud.unread > 5);
    assertTrue(emitted.contains("Overdue"), emitted::toString);
  }

  @Test
  void shouldComeBackForTheTimeoutWhenTheSameAnswerIsNotRead() {
    store.create(
        "u1", AckTaskSpec.builder().taskId(TASK_ID).pollInterval("1h").deadline("150m").build());
    for (int runs = 0; runs < 20 && !emitted.contains("Overdue"); runs++) {
      reconcileAndWait();
    }
    assertTrue(emitted.contains("Overdue"), emitted::toString);
  }

  @Test
  void shouldSeeTheEndWhenTheSameAnswerCameManyTimesBefore() {
    settle();
    for (int i = 0; i < 50; i++) {
      reconcileAndWait();
    }
    assertEquals(50, cloud.unread);
    cloud.answer("failed");
    reconcileAndWait();
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  void shouldSayThatTheCloudAnswersAgainWhenItDoesSoWithTheSameAnswer() {
    settle();
    cloud.answer(ref -> new TaskLookup.Throttled("throttled", null, null));
    reconcileAndWait();
    cloud.answer("running");
    reconcileAndWait();
    assertTrue(emitted.contains("SyncRegained"), emitted::toString);
  }

  @Test
  void shouldKeepThePaceOfTheQuestionsWhenTheCloudTakesItsTime() {
    cloud.answer(
        ref -> {
          pass(2_000);
          return FakeTaskClient.state(ref, "running");
        });
    store.create("u1", SPEC);
    for (int i = 0; i < 5; i++) {
      long before = nanos;
      reconcileAndWait();
      long gap = (nanos - before) / 1_000_000;
      assertTrue(gap >= 13_500 && gap <= 16_500, () -> "polled again after " + gap);
    }
  }

  @Test
  void shouldLeaveTheCloudHalfTheIntervalWhenItTakesLongerThanThat() {
    cloud.answer(
        ref -> {
          pass(20_000);
          return FakeTaskClient.state(ref, "running");
        });
    store.create("u1", SPEC);
    assertTrue(reconcileAndWait() >= 6_750);
    assertTrue(reconcileAndWait() >= 6_750);
  }

  /** Reconciles until the answer is known and leaves nothing to write. */
  private void settle() {
    store.create("u1", SPEC);
    reconcileAndWait();
    reconcileAndWait();
    assertEquals(0, cloud.unread);
  }
}
