package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.Phase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A status that another client wrote. */
final class ForgedStatusReconcilerTest extends ReconcilerTestCase {
  @Test
  @Tag("F58")
  void shouldReplaceAForgedSuccessWithTheObservedState() {
    // given
    AckTaskStatus success = success();
    cloud.answer("running");
    store.create("u2", SPEC);
    reconcileAndWait();

    // when
    store.forge(success);
    long wait = reconcileAndWait();

    // then
    assertTrue(wait > 0);
    assertEquals(Phase.RUNNING, status().phase());
  }

  @Test
  @Tag("F58")
  void shouldPollAFinishedTaskOnceWhenAnotherClientWroteTheStatus() {
    // given
    AckTaskStatus success = success();
    finish("failed");
    store.forge(success);
    reconciler = start(6_000);
    int calls = cloud.calls.size();
    int writes = store.written.size();

    // when
    for (int i = 0; i < 5; i++) {
      assertEquals(-1, reconcileAndWait());
      reconciler = start(6_000);
    }

    // then
    assertEquals(Phase.FAILED, status().phase());
    assertEquals(calls + 1, cloud.calls.size());
    assertEquals(writes + 1, store.written.size());
  }

  @Test
  @Tag("F58")
  void shouldPollNothingWhenAStatusIsForgedInALoop() {
    AckTaskStatus success = success();
    finish("failed");
    int calls = cloud.calls.size();
    for (int second = 0; second < 150; second++) {
      store.forge(success);
      reconcileAndWait(1_000);
      assertEquals(Phase.FAILED, status().phase());
    }
    assertEquals(calls, cloud.calls.size());
  }

  @Test
  @Tag("F58")
  void shouldNotTrustAForgedSuccessWhenTheCloudIsUnavailableAfterARestart() {
    // given
    AckTaskStatus success = success();
    finish("failed");
    store.forge(success);
    reconciler = start(6_000);
    cloud.beUnavailable();

    // when
    long wait = reconcileAndWait();

    // then
    assertTrue(wait > 0);
    assertEquals("NotObserved", status().reason());
  }

  @Test
  @Tag("F58")
  void shouldCorrectAForgedPhaseWithoutAPoll() {
    store.create("u1", SPEC);
    reconcileAndWait(0);
    store.forge(Forgery.withPhase(status(), Phase.SUCCEEDED));
    reconcile();
    assertEquals(Phase.RUNNING, status().phase());
    assertEquals(1, cloud.calls.size());
  }

  @Test
  @Tag("F58")
  void shouldCorrectAForgedPhaseWhenTheCloudIsUnavailable() {
    // given
    store.create("u1", SPEC);
    reconcileAndWait();
    store.forge(Forgery.withPhase(status(), Phase.SUCCEEDED));

    // when
    cloud.beUnavailable();
    reconcile();

    // then
    assertEquals(Phase.RUNNING, status().phase());
    assertEquals("ApiUnavailable", synced());
  }

  private String synced() {
    return status().conditions().stream()
        .filter(condition -> condition.type().equals("Synced"))
        .map(Condition::reason)
        .findFirst()
        .orElseThrow();
  }
}
