package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskLookup;
import org.junit.jupiter.api.Test;

/** A finished AckTask that a backup brings back, as docs/upgrade.md describes. */
final class RestoredReconcilerTest extends ReconcilerTestCase {
  private static final TaskLookup GONE =
      new TaskLookup.NotFound("The cloud has no such task.", "r");

  @Test
  void shouldReportTheSameVerdictWhenTheCloudStillHasTheTask() {
    finish("success");
    store.create("restored", SPEC);
    reconciler = start(6_000);

    reconcileAndWait();

    assertEquals(Phase.SUCCEEDED, status().phase());
  }

  @Test
  void shouldReportNotFoundWhenTheTaskIsGone() {
    // given
    finish("success");
    store.create("restored", SPEC);
    cloud.answer(ref -> GONE);
    reconciler = start(6_000);

    // when
    pollUntilStalled();

    // then
    assertEquals("TaskNotFound", status().reason());
  }

  @Test
  void shouldNotBelieveARestoredSuccessWhenTheTaskIsGone() {
    // given
    finish("success");
    AckTaskStatus saved = status();
    store.create("restored", SPEC);
    store.forge(saved);
    cloud.answer(ref -> GONE);
    reconciler = start(6_000);

    // when
    reconcileAndWait();
    Phase afterThePoll = status().phase();
    pollUntilStalled();

    // then
    assertNotEquals(Phase.SUCCEEDED, afterThePoll);
    assertEquals("TaskNotFound", status().reason());
  }

  private void pollUntilStalled() {
    int polls = 0;
    do {
      reconcileAndWait();
    } while (++polls < 30 && status().phase() != Phase.STALLED);
  }
}
