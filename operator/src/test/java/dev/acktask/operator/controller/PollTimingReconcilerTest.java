package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskLookup;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Times of polls, and the request budget. */
final class PollTimingReconcilerTest extends ReconcilerTestCase {
  @Test
  void shouldSpreadTheFirstPollsAfterARestart() {
    // given
    store.create("u1", SPEC);
    reconcileAndWait();

    // when
    reconciler = start(6_000);
    long wait = reconcileAndWait(0);

    // then
    assertTrue(wait > 0 && wait < 15_000, () -> "waits " + wait);
    assertEquals(1, cloud.calls.size());

    // when
    pass(wait);
    reconcile();

    // then
    assertEquals(2, cloud.calls.size());
  }

  @Test
  void shouldShowThatTheFirstPollWaitsForTheBudget() {
    // given
    reconciler = start(1);
    store.create("u0", spec().taskId("T-0").build());
    reconcileAndWait(0);
    store.create("u1", SPEC);

    // when
    reconcileAndWait(10_000);
    reconcileAndWait(0);

    // then
    assertEquals(50_000, untilNextPoll());
    assertEquals(Phase.PENDING, status().phase());
    assertEquals(1, cloud.calls.size());

    // when
    store.touch();
    reconcileAndWait(0);

    // then
    assertEquals(50_000, untilNextPoll(), "an edit changes nothing");

    // when
    pass(50_000);
    reconcile();

    // then
    assertEquals(2, cloud.calls.size());
  }

  @Test
  void shouldKeepItsTurnWhenTheSpecIsEdited() {
    // given
    reconciler = start(1);
    store.create("u0", spec().taskId("T-0").build());
    reconcileAndWait(0);
    store.create("u1", SPEC);
    reconcileAndWait(0);
    assertEquals(60_000, untilNextPoll());

    // when
    store.edit(spec().pollInterval("20s").build());
    reconcileAndWait(0);
    long wait = untilNextPoll();
    pass(60_000);
    reconcile();

    // then
    assertEquals(60_000, wait);
    assertEquals(2, cloud.calls.size());
  }

  @Test
  void shouldStayWithinTheBudgetWhenRefreshesAreRequestedInALoop() {
    // given
    reconciler = start(1);
    store.create("u1", SPEC);

    // when
    for (int second = 0; second < 10 * 60; second++) {
      store.requestRefresh("request " + second);
      reconcileAndWait(1_000);
    }

    // then
    assertEquals(10, cloud.calls.size(), "one request a minute");
    assertEquals("request 540", status().lastHandledRefreshAt());
    store.create("u2", spec().taskId("T-2").build());
    reconcile();
    assertTrue(untilNextPoll() <= 60_000, "no request is reserved for another task");
  }

  @Test
  void shouldReserveNothingWhenEditedDuringARequestedPause() {
    // given
    reconciler = start(1);
    cloud.answer(ref -> new TaskLookup.Throttled("throttled", Duration.ofMinutes(5), null));
    store.create("u1", SPEC);
    reconcileAndWait(0);

    // when
    for (int second = 0; second < 60; second++) {
      store.requestRefresh("request " + second);
      reconcileAndWait(1_000);
    }
    store.create("u2", spec().taskId("T-2").build());
    reconcile();

    // then
    long untilTheEndOfThePause = 4 * 60_000;
    assertEquals(untilTheEndOfThePause, untilNextPoll());
    assertEquals(1, cloud.calls.size());
  }

  @Test
  @Tag("F40")
  void shouldPauseAllTasksOfTheConnectionWhenThrottled() {
    // given
    cloud.answer(ref -> new TaskLookup.Throttled("throttled", Duration.ofSeconds(40), null));
    store.create("u1", SPEC);
    reconcileAndWait(0);

    // when
    store.create("u2", spec().taskId("T-2").build());
    reconcileAndWait(0);

    // then
    assertEquals(40_000, untilNextPoll());
    assertEquals(1, cloud.calls.size());
  }

  @Test
  void shouldKeepThePollIntervalWhenTheCloudIsSlow() {
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
  void shouldWaitHalfTheIntervalWhenACallTakesLongerThanTheInterval() {
    cloud.answer(
        ref -> {
          pass(20_000);
          return FakeTaskClient.state(ref, "running");
        });
    store.create("u1", SPEC);
    for (int i = 0; i < 2; i++) {
      long wait = reconcileAndWait();
      assertTrue(wait >= 6_750, () -> "waits " + wait);
    }
  }
}
