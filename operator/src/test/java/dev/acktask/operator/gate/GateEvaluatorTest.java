package dev.acktask.operator.gate;

import static dev.acktask.operator.gate.GateLists.active;
import static dev.acktask.operator.gate.GateTasks.failed;
import static dev.acktask.operator.gate.GateTasks.running;
import static dev.acktask.operator.gate.GateTasks.succeeded;
import static dev.acktask.operator.gate.Gates.NOW;
import static dev.acktask.operator.gate.Gates.condition;
import static dev.acktask.operator.gate.Gates.events;
import static dev.acktask.operator.gate.Gates.naming;
import static dev.acktask.operator.gate.Gates.quiet;
import static dev.acktask.operator.gate.Gates.selecting;
import static dev.acktask.operator.gate.Gates.summary;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.event.ObjectEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GateEvaluatorTest {
  private static final GateEvidence NOTHING = new GateEvidence.Tasks(List.of());
  private static final GateStatus OPEN = naming("a").decide(succeeded("a")).status();
  private static final GateStatus CLOSED = naming("a").decide(failed("a")).status();
  private static final GateStatus WAITING = naming("a").decide(running("a")).status();
  private static final GateStatus QUIET = quiet("c1").decide(active().quiet("c1")).status();

  private static final Instant LATER = NOW.plusSeconds(30);

  enum Evidence {
    NOTHING,
    RUNNING,
    SUCCEEDED,
    FAILED;

    GateEvidence of() {
      return new GateEvidence.Tasks(
          switch (this) {
            case NOTHING -> List.of();
            case RUNNING -> List.of(running("a").build());
            case SUCCEEDED -> List.of(succeeded("a").build());
            case FAILED -> List.of(failed("a").build());
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldStayOpenWhateverHappensLater(Evidence later) {
    GateDecision decision = naming("a").status(OPEN).decide(later.of(), LATER);

    assertEquals(new GateDecision(OPEN, List.of(), null), decision);
  }

  @ParameterizedTest
  @EnumSource
  void shouldStayClosedWhateverHappensLater(Evidence later) {
    GateDecision decision = naming("a").status(CLOSED).decide(later.of(), LATER);

    assertEquals(new GateDecision(CLOSED, List.of(), null), decision);
  }

  @Test
  void shouldNotReadTheEvidenceOfAFinalGate() {
    assertSame(OPEN, naming("a").status(OPEN).decide(active().quiet("c1")).status());
  }

  @Test
  void shouldReplaceAForgedSuccess() {
    GateDecision decision = naming("a").forged(OPEN).decide(running("a"));

    assertEquals("Unknown TasksRunning 0/1 a", summary(decision));
    assertEquals(List.of(), events(decision));
  }

  @Test
  void shouldReplaceAForgedFailure() {
    assertEquals(
        "True AllSucceeded 1/1 -", summary(naming("a").forged(CLOSED).decide(succeeded("a"))));
  }

  @Test
  void shouldTakeNoTransitionTimeFromAForgedStatus() {
    GateDecision decision = naming("a").forged(OPEN).decide(Evidence.SUCCEEDED.of(), LATER);

    assertEquals(LATER.toString(), condition(decision, "Succeeded").lastTransitionTime());
  }

  @Test
  void shouldJudgeAgainAfterAnEditThatAnOlderCrdAccepted() {
    assertEquals(
        "Unknown TasksMissing 0/1 b", summary(naming("b").generation(2).status(OPEN).decide()));
  }

  @Test
  void shouldNotTakeAnOpenNoneRunningGateForFinal() {
    assertEquals(
        "Unknown TasksRunning 0/1 T-1 in c1",
        summary(quiet("c1").status(QUIET).decide(active().running("c1", 1, "T-1"))));
  }

  @Test
  void shouldNotTakeTheStatusOfTheOtherModeForFinal() {
    assertEquals("Unknown NotSweptYet 0/1 c1", summary(quiet("c1").status(OPEN).decide(active())));
  }

  @Test
  void shouldJudgeASpecThatALaterVersionAccepts() {
    GateStatus invalid = Gates.of(GateSpec.builder()).decide(NOTHING, NOW).status();

    assertEquals(
        "True AllSucceeded 1/1 -", summary(naming("a").status(invalid).decide(succeeded("a"))));
  }

  @Test
  void shouldWriteNothingWhenNothingChanged() {
    GateDecision decision = naming("a").status(WAITING).decide(Evidence.RUNNING.of(), LATER);

    assertEquals(new GateDecision(WAITING, List.of(), null), decision);
  }

  @Test
  void shouldKeepTheTransitionTimeOfAnUnchangedStatus() {
    GateDecision decision = naming("a").status(WAITING).decide(NOTHING, LATER);

    Condition succeeded = condition(decision, "Succeeded");
    assertEquals("TasksMissing", succeeded.reason());
    assertEquals(NOW.toString(), succeeded.lastTransitionTime());
  }

  @Test
  void shouldTakeANewTransitionTimeWhenTheStatusChanges() {
    GateDecision decision =
        quiet("c1").status(QUIET).decide(active().running("c1", 1, "T-1").build(), LATER);

    assertEquals(LATER.toString(), condition(decision, "Succeeded").lastTransitionTime());
    assertEquals(NOW.toString(), condition(decision, "Settled").lastTransitionTime());
  }

  @Test
  void shouldReportNoEventWhileItStaysOpen() {
    GateDecision decision = quiet("c1").status(QUIET).decide(active().quiet("c1").build(), LATER);

    assertEquals(new GateDecision(QUIET, List.of(), null), decision);
  }

  @Test
  void shouldRefuseTheEvidenceOfTheOtherMode() {
    Gates named = naming("a");
    Gates clusters = quiet("c1");

    assertThrows(IllegalArgumentException.class, () -> named.decide(active()));
    assertThrows(IllegalArgumentException.class, () -> clusters.decide(NOTHING, NOW));
  }

  @Test
  void shouldBeOpenByADecisionOfSuccessAlone() {
    Gates gate = selecting(1);

    assertTrue(gate.decide(succeeded("a")).isOpen());
    assertFalse(gate.decide(failed("a")).isOpen());
    assertFalse(gate.decide(running("a")).isOpen());
  }

  @Test
  void shouldBeStalledByAnInvalidSpec() {
    GateDecision decision = Gates.of(Gates.named()).decide(succeeded("a"));

    assertEquals("False InvalidSpec - -", summary(decision));
    assertEquals(
        "spec.taskRefs does not have 1 to 200 entries. Create a gate with a valid spec.",
        condition(decision, "Stalled").message());
    assertEquals(List.of("Warning GateClosed"), events(decision));
  }

  @Test
  void shouldAddTheFailedPollToTheMessageOfReconciling() {
    GateDecision decision = naming("a").decide(running("a").syncProblem("Throttled."));

    assertEquals(
        "0 of 1 tasks succeeded. Unfinished: a (Running). AckTask a: Throttled.",
        condition(decision, "Reconciling").message());
  }

  @Test
  void shouldBeSyncedOnceFinal() {
    GateDecision decision =
        naming("a", "b").decide(failed("a"), running("b").syncProblem("Throttled."));

    assertEquals("True", condition(decision, "Synced").status());
  }

  @Test
  void shouldBeOverdueAtItsDeadline() {
    GateDecision decision = naming("a").deadline("2m").decide(running("a"));

    assertEquals(
        "The gate was to be open by 2026-01-02T03:04:05Z.",
        condition(decision, "Overdue").message());
    assertEquals(List.of("Warning Overdue"), events(decision));
    assertNull(decision.reconcileAgainAfter());
  }

  @Test
  void shouldReconcileAgainAtTheDeadline() {
    GateDecision decision = naming("a").deadline("2m1s").decide(running("a"));

    assertEquals(Duration.ofSeconds(1), decision.reconcileAgainAfter());
    assertTrue(hasNo(decision, "Overdue"));
  }

  @Test
  void shouldReportAnExceededDeadlineOnce() {
    GateStatus overdue = naming("a").deadline("1m").decide(running("a")).status();

    assertEquals(
        List.of(), events(naming("a").deadline("1m").status(overdue).decide(running("a"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1m", "1h"})
  void shouldHaveNoDeadlineOnceFinal(String deadline) {
    GateDecision decision = naming("a").deadline(deadline).decide(failed("a"));

    assertTrue(hasNo(decision, "Overdue"));
    assertNull(decision.reconcileAgainAfter());
  }

  @Test
  void shouldNotBeOverdueWhileOpen() {
    GateDecision decision = quiet("c1").deadline("1m").decide(active().quiet("c1"));

    assertTrue(hasNo(decision, "Overdue"));
  }

  @Test
  void shouldHaveNoDeadlineWithoutACreationTime() {
    GateDecision decision = naming("a").deadline("1m").created(null).decide(running("a"));

    assertTrue(hasNo(decision, "Overdue"));
    assertNull(decision.reconcileAgainAfter());
  }

  @Test
  void shouldReportTheOpening() {
    GateDecision decision = naming("a").status(WAITING).decide(succeeded("a"));

    assertEquals(
        List.of(
            new ObjectEvent(
                false,
                "GateOpened",
                "1 of 1 tasks succeeded.",
                "00000000-0000-0000-0000-000000000001:1:2026-01-02T03:04:05Z")),
        decision.events());
  }

  @Test
  void shouldReportTheClosingWithItsCause() {
    ObjectEvent event = naming("a").status(WAITING).decide(failed("a")).events().getFirst();

    assertEquals("GateClosed", event.reason());
    assertEquals("AckTask a did not succeed: a failed: no quota.", event.note());
  }

  @Test
  void shouldReportThatAnOpenGateWaitsAgain() {
    GateDecision decision = quiet("c1").status(QUIET).decide(active().running("c1", 1, "T-1"));

    assertEquals(List.of("Normal GateWaiting"), events(decision));
  }

  @Test
  void shouldReportNoEventWhileItWaits() {
    assertEquals(List.of(), events(naming("a").status(null).decide(running("a"))));
    assertEquals(List.of(), events(naming("a").status(WAITING).decide()));
  }

  @Test
  void shouldDistinguishTwoOpeningsOfANoneRunningGate() {
    // given
    Gates gate = quiet("c1");
    GateEvidence quiet = active().quiet("c1").build();
    GateEvidence running = active().running("c1", 1, "T-1").build();

    // when
    GateDecision first = gate.decide(quiet, NOW);
    GateDecision waits = gate.status(first.status()).decide(running, NOW.plusSeconds(10));
    GateDecision second = gate.status(waits.status()).decide(quiet, NOW.plusSeconds(20));

    // then
    assertEquals("GateOpened", first.events().getFirst().reason());
    assertEquals("GateOpened", second.events().getFirst().reason());
    assertNotEquals(
        first.events().getFirst().occurrence(), second.events().getFirst().occurrence());
  }

  private static boolean hasNo(GateDecision decision, String type) {
    return decision.status().conditions().stream().noneMatch(it -> it.type().equals(type));
  }
}
