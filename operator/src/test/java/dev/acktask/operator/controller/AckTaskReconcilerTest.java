package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.Phase;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One task from its creation to its end. */
final class AckTaskReconcilerTest extends ReconcilerTestCase {
  private static final AckTaskSpec LESS_OFTEN = spec().pollInterval("1m").build();

  @Test
  void shouldMirrorATaskUntilItFinishes() {
    // when
    store.create("u1", SPEC);
    long untilNextPoll = reconcileAndWait();

    // then
    assertTrue(untilNextPoll > 0);
    assertEquals(Phase.RUNNING, status().phase());

    // when
    cloud.answer("success");
    long wait = reconcileAndWait();

    // then
    assertEquals(-1, wait);
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
    // given
    finish("failed");

    // when
    store.edit(LESS_OFTEN);
    reconcileAndWait();
    reconcileAndWait();

    // then
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
    // given
    store.create("u1", spec().pollInterval("1h").build());
    reconcileAndWait(0);

    // when
    store.edit(SPEC);
    long wait = reconcileAndWait(0);

    // then
    assertEquals(1, cloud.calls.size());
    assertEquals(2, status().observedGeneration());
    assertTrue(wait <= 16_500, () -> "waits " + wait);

    // when
    pass(wait);
    reconcile();

    // then
    assertEquals(2, cloud.calls.size());
  }

  @ParameterizedTest
  @Tag("F53")
  @ValueSource(
      strings = {"", " ", "../clusters/x", "..", "T-1?x=1", "%2e%2e", "T-1\r\n", "T-\u0000", "ä"})
  void shouldRefuseAMalformedTaskIdWithoutARequest(String taskId) {
    // given
    store.create("u1", spec().taskId(taskId).build());

    // when
    long first = reconcileAndWait();
    long second = reconcileAndWait();

    // then
    assertEquals(-1, first);
    assertEquals(-1, second);
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
  @Tag("F86")
  void shouldRetryAfterAnErrorOfAnyKind() {
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
    assertEquals(1, exits, "exits after an OutOfMemoryError");
    cloud.answer("failed");
    assertEquals(-1, reconcileAndWait());
    assertEquals(Phase.FAILED, status().phase());
  }

  @Test
  @Tag("F87")
  void shouldStillPollAfterADayOfFailures() {
    // given
    store.create("u1", SPEC);
    cloud.beUnavailable();

    // when
    for (int i = 0; i < 400; i++) {
      long wait = reconcileAndWait();
      assertTrue(wait > 0 && wait <= 330_000, () -> "waits " + wait);
    }

    // then
    assertEquals(1, store.written.size(), "an outage is reported once");

    // when
    cloud.answer("success");
    long wait = reconcileAndWait();

    // then
    assertEquals(-1, wait);
    assertEquals(Phase.SUCCEEDED, status().phase());
  }
}
