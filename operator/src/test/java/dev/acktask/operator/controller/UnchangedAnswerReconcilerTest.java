package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskLookup;
import org.junit.jupiter.api.Test;

/** Answers with the same bytes as the last one. */
final class UnchangedAnswerReconcilerTest extends ReconcilerTestCase {
  @Test
  void shouldNotParseAnUnchangedAnswerWhenNothingIsLeftToWrite() {
    settle();
    pollAndWait();
    pollAndWait();
    assertEquals(2, cloud.unchanged);
    assertEquals(1, store.written.size());
  }

  @Test
  void shouldParseAnUnchangedAnswerWhenARefreshIsRequested() {
    settle();
    store.requestRefresh("now");
    reconcileAndWait();
    assertEquals(0, cloud.unchanged);
    assertEquals("now", status().lastHandledRefreshAt());
  }

  @Test
  void shouldReportOverdueAfterUnchangedAnswers() {
    store.create("u1", spec().pollInterval("10s").deadline("2m").build());
    for (int i = 0; i < 30; i++) {
      pollAndWait();
    }
    assertEquals(29, cloud.unchanged);
    reconcileAndWait();
    assertTrue(emitted.contains("Overdue"), emitted::toString);
  }

  @Test
  void shouldReportOverdueWhenAnUnchangedAnswerIsNotParsed() {
    store.create("u1", spec().pollInterval("1h").deadline("150m").build());
    for (int runs = 0; runs < 20 && !emitted.contains("Overdue"); runs++) {
      reconcileAndWait();
    }
    assertTrue(emitted.contains("Overdue"), emitted::toString);
  }

  @Test
  void shouldParseAChangedAnswerAfterManyUnchangedOnes() {
    settle();
    for (int i = 0; i < 50; i++) {
      pollAndWait();
    }
    assertEquals(50, cloud.unchanged);
    cloud.answer("failed");
    reconcileAndWait();
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  void shouldReportTheEndOfAnOutageWhenTheAnswerIsUnchanged() {
    settle();
    cloud.answer(ref -> new TaskLookup.Throttled("throttled", null, null));
    reconcileAndWait();
    cloud.answer("running");
    reconcileAndWait();
    assertTrue(emitted.contains("SyncRegained"), emitted::toString);
  }

  /** Polls once, so that the answer is known. */
  private void settle() {
    store.create("u1", SPEC);
    reconcileAndWait();
    assertEquals(0, cloud.unchanged);
  }
}
