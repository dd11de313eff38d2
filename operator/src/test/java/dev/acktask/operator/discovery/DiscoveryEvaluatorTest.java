package dev.acktask.operator.discovery;

import static dev.acktask.operator.discovery.ListedTasks.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.DiscoveryReason;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.Clusters;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.discovery.DiscoveryFindings.Failure;
import dev.acktask.operator.discovery.DiscoveryFindings.Numbers;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DiscoveryEvaluatorTest {
  private static final DiscoverySpec SPEC =
      DiscoverySpec.builder().clusters(new Clusters(List.of("c1"), null, null)).build();

  private static final Failure FORBIDDEN =
      Failure.of("c1", new Rejected(Refusal.FORBIDDEN, "No permission.", null));

  private static final Failure THROTTLED =
      Failure.of("c1", new Throttled("Too many calls.", null, null));

  @Test
  void shouldBeUnknownBeforeTheFirstSweep() {
    DiscoveryStatus status = decide(SPEC, null, findings(0)).status();

    assertEquals(
        List.of("Ready Unknown NotSweptYet", "Synced Unknown NotSweptYet"), conditions(status));
    assertEquals(1, status.observedGeneration());
  }

  @Test
  void shouldBeReadyOnceAClusterIsSwept() {
    DiscoveryDecision decision = decide(SPEC, null, findings(1));

    assertEquals(List.of("Ready True Swept", "Synced True Swept"), conditions(decision.status()));
    assertEquals(List.of("DiscoveryReady"), reasons(decision));
  }

  @Test
  void shouldNameTheCauseOfARefusedSweep() {
    DiscoveryDecision decision = decide(SPEC, null, findings(1, FORBIDDEN));

    assertEquals(
        List.of("Ready False Forbidden", "Synced False Forbidden"), conditions(decision.status()));
    assertEquals("c1", decision.status().failures().getFirst().clusterId());
    assertEquals(List.of("Forbidden", "SweepFailed"), reasons(decision));
  }

  @Test
  void shouldStayReadyWhenASweepFailsThatMaySucceedLater() {
    assertEquals(
        List.of("Ready True Swept", "Synced False Throttled"),
        conditions(decide(SPEC, null, findings(1, THROTTLED)).status()));
  }

  @Test
  void shouldStayReadyWhenTheFirstSweepAfterARestartFails() {
    DiscoveryStatus before = decide(SPEC, null, findings(1)).status();

    DiscoveryStatus after = decide(SPEC, before, findings(0, THROTTLED)).status();

    assertEquals(List.of("Ready True Swept", "Synced False Throttled"), conditions(after));
  }

  @Test
  void shouldWriteNothingAfterARestartUntilASweepEnds() {
    DiscoveryStatus before = decide(SPEC, null, findings(1)).status();

    assertEquals(before, decide(SPEC, before, findings(0)).status());
  }

  @Test
  void shouldNotBeReadyWhenAckTasksCannotBeCreated() {
    Failure quota =
        Failure.ofCreation("c1", DiscoveryReason.QUOTA_EXCEEDED, "The quota is exceeded.");

    assertEquals(
        List.of("Ready False QuotaExceeded", "Synced True Swept"),
        conditions(decide(SPEC, null, findings(1, quota)).status()));
  }

  @Test
  void shouldReportAnInvalidSpec() {
    DiscoveryDecision decision = decide(DiscoverySpec.NOTHING, null, findings(0));

    assertEquals(
        List.of("Ready False InvalidSpec", "Synced Unknown InvalidSpec"),
        conditions(decision.status()));
    assertTrue(decision.status().conditions().getFirst().message().contains("spec.clusters"));
  }

  @Test
  void shouldReportASuspension() {
    DiscoverySpec suspended =
        DiscoverySpec.builder().clusters(SPEC.clusters()).suspend(true).build();

    assertEquals(
        List.of("Ready Unknown Suspended", "Synced Unknown Suspended"),
        conditions(decide(suspended, null, findings(0)).status()));
  }

  @Test
  void shouldReportTheLimitWithNumbersAndOneEvent() {
    // given
    DiscoveryFindings limited =
        new DiscoveryFindings(1, new Numbers(200, 200, 60, 60, 0), List.of(), List.of(), List.of());

    // when
    DiscoveryDecision first = decide(SPEC, decide(SPEC, null, findings(1)).status(), limited);
    DiscoveryDecision second = decide(SPEC, first.status(), limited);

    // then
    assertEquals("Limited True LimitReached", conditions(first.status()).getFirst());
    assertTrue(
        first
            .status()
            .conditions()
            .getFirst()
            .message()
            .startsWith("60 tasks get no AckTask: 200"));
    assertEquals(List.of("LimitReached"), reasons(first));
    assertEquals(List.of(), reasons(second));
    assertEquals(first.status(), second.status());
  }

  @Test
  void shouldReportTasksThatAreGivenUpAlsoWhenNoneWaits() {
    // given
    DiscoveryFindings lossy =
        new DiscoveryFindings(1, new Numbers(2_001, 0, 3, 0, 3), List.of(), List.of(), List.of());

    // when
    DiscoveryStatus status = decide(SPEC, null, lossy).status();

    // then
    assertEquals("Limited True LimitReached", conditions(status).getFirst());
    String message = status.conditions().getFirst().message();
    assertTrue(message.contains("3 older tasks waited too long"), message);
    assertTrue(message.contains("Create their AckTasks yourself."), message);
  }

  @Test
  void shouldRecordOneEventForAllCreatedAckTasks() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      names.add("t-" + i);
    }

    DiscoveryDecision decision =
        decide(
            SPEC,
            decide(SPEC, null, findings(1)).status(),
            new DiscoveryFindings(1, new Numbers(12, 12, 0, 0, 0), List.of(), names, List.of()));

    assertEquals(List.of("TasksCreated"), reasons(decision));
    assertTrue(decision.events().getFirst().note().startsWith("Created 12 AckTasks: t-0, t-1,"));
    assertFalse(decision.canWait());
  }

  @Test
  void shouldLetNumbersWaitAndNothingElse() {
    DiscoveryStatus before = decide(SPEC, null, findings(1)).status();
    DiscoveryFindings more =
        new DiscoveryFindings(2, new Numbers(0, 5, 9, 0, 0), List.of(), List.of(), List.of());

    DiscoveryDecision numbers = decide(SPEC, before, more);

    assertTrue(numbers.canWait());
    assertNotEquals(before, numbers.status());
    assertFalse(decide(SPEC, before, findings(1, FORBIDDEN)).canWait());
  }

  @Test
  void shouldReportAtMostTenFailures() {
    Failure[] many = new Failure[11];
    Arrays.fill(many, FORBIDDEN);

    assertEquals(10, decide(SPEC, null, findings(0, many)).status().failures().size());
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void shouldNameEachRefusal(Refusal cause) {
    assertEquals(
        DiscoveryFindings.Kind.SWEEP_REFUSED, failure(new Rejected(cause, "x", null)).kind());
  }

  @ParameterizedTest
  @EnumSource(Unavailable.Failure.class)
  void shouldNameEachOutage(Unavailable.Failure cause) {
    assertEquals(DiscoveryFindings.Kind.SWEEP, failure(new Unavailable(cause, "x", null)).kind());
  }

  private static Failure failure(NoAnswer cause) {
    return Failure.of(null, cause);
  }

  private static DiscoveryFindings findings(int clusters, Failure... failures) {
    return new DiscoveryFindings(
        clusters, new Numbers(0, 0, 0, 0, 0), List.of(failures), List.of(), List.of());
  }

  private static DiscoveryDecision decide(
      DiscoverySpec spec, @Nullable DiscoveryStatus stored, DiscoveryFindings findings) {
    return new DiscoveryEvaluator()
        .evaluate(
            new DiscoverySnapshot("uid", 1, spec, stored, true),
            DiscoverySettings.parse(spec),
            findings,
            NOW);
  }

  private static List<String> conditions(DiscoveryStatus status) {
    return status.conditions().stream()
        .map((Condition it) -> it.type() + " " + it.status() + " " + it.reason())
        .toList();
  }

  private static List<String> reasons(DiscoveryDecision decision) {
    return decision.events().stream().map(ObjectEvent::reason).toList();
  }
}
