package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Refresh requests. */
final class RefreshReconcilerTest extends ReconcilerTestCase {
  @Test
  void shouldPollOnceWhenARefreshOfAFinishedTaskIsRequested() {
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
  void shouldKeepTheVerdictAndEmitAnEventWhenARefreshContradictsIt() {
    finish("success");
    store.requestRefresh("now");
    cloud.answer("failed");
    assertEquals(-1, reconcileAndWait());
    assertEquals(Phase.SUCCEEDED, status().phase());
    assertTrue(emitted.contains("VerdictContradicted"));
  }

  @Test
  void shouldKeepSyncedAndEmitAnEventWhenARefreshOfAFinishedTaskFails() {
    // given
    finish("success");
    store.requestRefresh("now");
    cloud.beUnavailable();

    // when
    long wait = reconcileAndWait();

    // then
    assertEquals(-1, wait);
    assertTrue(isTrue("Synced"));
    assertTrue(isTrue("Succeeded"));
    assertTrue(emitted.contains("RefreshFailed"));
    assertEquals("now", status().lastHandledRefreshAt());
  }

  @Test
  void shouldPollAtOnceWhenARefreshOfARunningTaskIsRequested() {
    // given
    store.create("u1", SPEC);
    reconcileAndWait(0);

    // when
    store.requestRefresh("now");
    long wait = reconcile();

    // then
    assertEquals(2, cloud.calls.size());
    assertEquals("now", status().lastHandledRefreshAt());
    assertTrue(wait > 0);
  }

  @Test
  void shouldAnswerARequestMadeDuringAPollWithASeparatePoll() {
    // given
    store.create("u1", SPEC);
    reconcileAndWait(0);

    // when
    store.requestRefresh("one");
    beforeNextWrite(() -> store.requestRefresh("two"));
    reconcile();

    // then
    assertEquals("one", status().lastHandledRefreshAt());

    // when
    reconcile();

    // then
    assertEquals("two", status().lastHandledRefreshAt());
    assertEquals(3, cloud.calls.size());
  }

  @Test
  void shouldLeaveARefreshOpenWhileSuspended() {
    // given
    store.create("u1", spec().suspend(true).build());
    store.requestRefresh("now");

    // when
    reconcileAndWait();

    // then
    assertEquals(List.of(), cloud.calls);

    // when
    store.edit(SPEC);
    reconcile();

    // then
    assertEquals("now", status().lastHandledRefreshAt());
  }
}
