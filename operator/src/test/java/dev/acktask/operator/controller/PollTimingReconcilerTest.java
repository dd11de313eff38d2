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
  void shouldWaitForTheBudgetWithoutBlockingTheWorker() {
    // given
    reconciler = start(1);
    store.create("u0", SPEC);
    reconcileAndWait(0);
    store.create("u1", SPEC);

    // when
    long wait = reconcileAndWait(0);

    // then
    assertEquals(60_000, wait);
    assertEquals(Phase.PENDING, status().phase());
    assertEquals(1, cloud.calls.size());

    // when
    store.touch();
    long waitAfterTheEdit = reconcileAndWait(0);

    // then
    assertEquals(60_000, waitAfterTheEdit, "a reservation is kept, not renewed");

    // when
    pass(wait);
    reconcile();

    // then
    assertEquals(2, cloud.calls.size());
  }

  @Test
  void shouldKeepItsReservationWhenTheSpecIsEdited() {
    // given
    reconciler = start(1);
    store.create("u0", SPEC);
    reconcileAndWait(0);
    store.create("u1", SPEC);
    assertEquals(60_000, reconcileAndWait(0));

    // when
    store.edit(spec().pollInterval("20s").build());
    long wait = reconcileAndWait(60_000);
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
    store.create("u2", SPEC);
    assertEquals(60_000, reconcile(), "no more than one request is reserved for another task");
  }

  @Test
  void shouldReserveNothingMoreWhenEditedDuringARequestedPause() {
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
    store.create("u2", SPEC);
    long wait = reconcile();

    // then
    long untilTheEndOfThePause = 4 * 60_000;
    assertEquals(untilTheEndOfThePause + 60_000, wait);
    assertEquals(1, cloud.calls.size());
  }

  @Test
  @Tag("F40")
  void shouldPauseAllTasksOfTheConnectionWhenThrottled() {
    cloud.answer(ref -> new TaskLookup.Throttled("throttled", Duration.ofSeconds(40), null));
    store.create("u1", SPEC);
    reconcileAndWait(0);
    store.create("u2", SPEC);
    assertEquals(40_000, reconcileAndWait(0));
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
    assertTrue(reconcileAndWait() >= 6_750);
    assertTrue(reconcileAndWait() >= 6_750);
  }
}
