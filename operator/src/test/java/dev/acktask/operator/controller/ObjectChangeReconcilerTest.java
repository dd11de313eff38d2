package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskLookup;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The object changes during a poll, or names another task. */
final class ObjectChangeReconcilerTest extends ReconcilerTestCase {
  private static final AckTaskSpec OTHER_TASK = spec().taskId(RandomSpec.OTHER_ID).build();
  private static final AckTaskSpec LESS_OFTEN = spec().pollInterval("1m").build();

  @Test
  @Tag("F54")
  void shouldDiscardTheAnswerWhenTheTaskIdChangedDuringThePoll() {
    // given
    store.create("u1", SPEC);
    cloud.answer("success");
    beforeNextWrite(() -> store.edit(OTHER_TASK));

    // when
    reconcileAndWait();

    // then
    assertEquals(List.of(), store.written);

    // when
    cloud.answer("running");
    reconcileAndWait();

    // then
    assertEquals(Phase.RUNNING, status().phase());
    assertEquals(OTHER_TASK.taskId(), status().taskId());
  }

  @Test
  @Tag("F54")
  void shouldNotPollAgainWhenTheCachedObjectIsOlderThanTheVerdict() {
    // given
    store.create("u1", SPEC);
    cloud.answer("success");
    AtomicReference<AckTask> edited = new AtomicReference<>();
    beforeNextWrite(() -> edited.set(FakeAckTaskStore.asWatched(store.edit(LESS_OFTEN))));

    // when
    reconcile();
    reconciler.reconcile(edited.get(), null);

    // then
    assertEquals(1, cloud.calls.size());
    assertEquals(Phase.SUCCEEDED, status().phase());
    assertEquals(2, status().observedGeneration());
  }

  @Test
  @Tag("F54")
  void shouldResetTheStatusWhenTheTaskIdChanged() {
    // given
    finish("success");

    // when
    store.edit(OTHER_TASK);
    cloud.answer("running");
    reconcileAndWait();

    // then
    assertEquals(3, store.written.size(), "success, the reset, running");
    assertEquals(Phase.RUNNING, status().phase());
    assertEquals(2, status().observedGeneration());
    assertEquals(OTHER_TASK.taskId(), status().taskId());
    assertFalse(isTrue("Ready"));
  }

  @Test
  @Tag("F54")
  void shouldStartANewGraceTimeWhenTheTaskIdChanged() {
    // given
    store.create("u1", SPEC);
    cloud.answer(ref -> new TaskLookup.NotFound("No such task.", null));

    // when
    for (int i = 0; i < 20; i++) {
      reconcileAndWait();
    }

    // then
    assertEquals(Phase.STALLED, status().phase());

    // when
    store.edit(OTHER_TASK);
    reconcile();

    // then
    assertEquals(Phase.PENDING, status().phase());
    assertEquals("NotObserved", status().reason());
  }

  @Test
  @Tag("F54")
  void shouldStartANewGraceTimeWhenThePollWaitedForTheBudget() {
    // given: four requests per minute
    reconciler = start(4);
    store.create("u1", SPEC);
    cloud.answer(ref -> new TaskLookup.NotFound("No such task.", null));

    // when
    reconcileAndWait(600_000);
    reconcile();

    // then
    assertEquals(Phase.STALLED, status().phase());

    // when
    store.edit(OTHER_TASK);
    reconcileAndWait();
    reconcile();

    // then
    assertEquals(3, cloud.calls.size());
    assertEquals(Phase.PENDING, status().phase());
  }

  @Test
  @Tag("F55")
  void shouldEmitNothingWhenTheObjectIsDeletedDuringThePoll() {
    store.create("u1", SPEC);
    beforeNextWrite(store::delete);
    assertEquals(-1, reconcileAndWait());
    assertEquals(List.of(), emitted);
  }

  @Test
  @Tag("F56")
  void shouldNotWriteTheOldVerdictToARecreatedObject() {
    store.create("u1", SPEC);
    cloud.answer("success");
    beforeNextWrite(() -> store.create("u2", SPEC));
    assertEquals(-1, reconcileAndWait());
    assertEquals(List.of(), store.written);
  }
}
