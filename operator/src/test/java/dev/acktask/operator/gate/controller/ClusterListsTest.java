package dev.acktask.operator.gate.controller;

import static dev.acktask.operator.discovery.ListedTasks.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.gate.GateEvaluator;
import dev.acktask.operator.gate.GateEvidence.ClusterList;
import dev.acktask.operator.polling.SweepResult;
import dev.acktask.operator.polling.SweepResult.SweptList;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gate {@code quiet} was observed at 100 ns. */
final class ClusterListsTest {
  private static final ResourceID DISCOVERY = Gates.id("all");
  private static final long MAX_AGE = GateEvaluator.MAX_AGE.toNanos();

  private final AtomicLong clock = new AtomicLong(100);
  private final ClusterLists lists = new ClusterLists(clock::get);
  private final List<String> changed = new ArrayList<>();

  @BeforeEach
  void observe() {
    lists.onChange(gate -> changed.add(gate.getName()));
    lists.index().put(Gates.quiet("quiet", "c1", "c2"));
    clock.set(300);
  }

  @Test
  void shouldKnowNothingBeforeTheFirstSweep() {
    assertEquals(List.of(), of("c1"));
  }

  @Test
  void shouldUseAListThatBeganAfterTheGateWasObserved() {
    sweep(SweepResults.eu().tasks(101, "c1"));

    assertEquals(List.of(new ClusterList(true, false, 0, List.of(), null)), of("c1"));
    assertEquals(List.of("quiet"), changed);
  }

  @Test
  void shouldNotUseAListThatBeganBefore() {
    sweep(SweepResults.eu().tasks(100, "c1"));

    assertFalse(of("c1").getFirst().isUsable());
    assertFalse(of("c1").getFirst().isOutdated());
  }

  @Test
  void shouldNotUseAnIncompleteList() {
    sweep(SweepResults.eu().incomplete(101, "c1"));

    assertFalse(of("c1").getFirst().isUsable());
  }

  @Test
  void shouldCountWhatIsUnfinishedAndNameAFew() {
    sweep(
        SweepResults.eu()
            .tasks(
                101,
                "c1",
                task("T-5"),
                task("T-4").state("paused"),
                task("T-3").state("no state that is known"),
                task("T-2").state(null),
                task("T-1").state("success"),
                task("T-0").state("failed")));

    assertEquals(4, of("c1").getFirst().unfinished());
    assertEquals(List.of("T-2", "T-3", "T-4"), of("c1").getFirst().examples());
  }

  @Test
  void shouldKeepTheListWhenALaterOneFails() {
    sweep(SweepResults.eu().tasks(101, "c1"));

    sweep(SweepResults.eu().failed(200, "c1"));

    assertTrue(of("c1").getFirst().isUsable());
    assertEquals(SweepResults.FAILURE, of("c1").getFirst().failure());
  }

  @Test
  void shouldReportAFailureWithoutAnyList() {
    sweep(SweepResults.eu().failed(200, "c1"));

    assertEquals(List.of(ClusterList.failed(SweepResults.FAILURE)), of("c1"));
  }

  @Test
  void shouldForgetAFailureOnceTheListIsAnswered() {
    sweep(SweepResults.eu().failed(200, "c1"));

    sweep(SweepResults.eu().tasks(250, "c1"));

    assertEquals(List.of(new ClusterList(true, false, 0, List.of(), null)), of("c1"));
  }

  @Test
  void shouldIgnoreAnEarlierSweepWhoseResultComesLate() {
    sweep(SweepResults.eu().tasks(200, "c1", task("T-1")));

    sweep(SweepResults.eu().tasks(150, "c1"));
    sweep(SweepResults.eu().failed(150, "c1"));

    assertEquals(List.of(new ClusterList(true, false, 1, List.of("T-1"), null)), of("c1"));
  }

  @Test
  void shouldKeepOneListForEachConnection() {
    sweep(SweepResults.eu().tasks(101, "c1"));
    sweep(SweepResults.of("us").failed(102, "c1"));

    assertEquals(2, of("c1").size());
  }

  @Test
  void shouldNotUseAListThatIsTooOld() {
    sweep(SweepResults.eu().tasks(101, "c1"));

    clock.set(101 + MAX_AGE);
    assertTrue(of("c1").getFirst().isUsable());
    clock.set(102 + MAX_AGE);
    assertTrue(of("c1").getFirst().isOutdated());
  }

  @Test
  void shouldSayWhenTheOldestUsableListIsOutdated() {
    sweep(SweepResults.eu().tasks(101, "c1"));
    sweep(SweepResults.eu().tasks(201, "c2"));

    clock.set(1_101);

    assertEquals(
        Optional.of(GateEvaluator.MAX_AGE.minusNanos(1_000).plus(Duration.ofMillis(1))),
        lists.untilOutdated(DISCOVERY, Set.of("c1", "c2"), 100));
    assertEquals(Optional.empty(), lists.untilOutdated(DISCOVERY, Set.of("c1", "c2"), 500));
    assertEquals(Optional.empty(), lists.untilOutdated(DISCOVERY, Set.of("c3"), 100));
  }

  @Test
  void shouldKeepNoClusterThatNoGateNames() {
    sweep(SweepResults.eu().tasks(101, "c3"));
    lists.swept(Gates.id("other"), SweepResults.eu().tasks(101, "c1"));

    lists.index().put(Gates.quiet("later", "c3"));

    assertEquals(List.of(), of("c3"));
    assertEquals(List.of(), of("c1"));
    assertEquals(List.of(), changed);
  }

  @Test
  void shouldForgetTheListsOfADeletedGate() {
    sweep(SweepResults.eu().tasks(101, "c1"));

    lists.index().remove(Gates.id("quiet"));
    lists.prune();

    assertEquals(List.of(), of("c1"));
  }

  @Test
  void shouldForgetTheListsOfAChangedDiscovery() {
    sweep(SweepResults.eu().tasks(101, "c1"));
    changed.clear();

    lists.forget(DISCOVERY);

    assertEquals(List.of(), of("c1"));
    assertEquals(List.of("quiet"), changed);
  }

  @Test
  void shouldForgetAClusterThatTheConnectionDoesNotHaveAnyMore() {
    // given
    sweep(SweepResults.eu().tasks(101, "c1"));
    sweep(SweepResults.eu().tasks(101, "c2"));
    sweep(SweepResults.of("us").tasks(101, "c1"));
    changed.clear();

    // when
    sweep(SweepResults.eu().clusters(false));
    sweep(SweepResults.eu().clusters(true, "c2"));

    // then
    assertEquals(1, of("c1").size());
    assertEquals(1, of("c2").size());
    assertEquals(List.of("quiet"), changed);
  }

  @Test
  void shouldIgnoreOtherLists() {
    sweep(SweepResults.eu().failed(200, SweptList.CLUSTERS, ""));
    sweep(SweepResults.eu().failed(200, SweptList.PLANS, ""));

    assertEquals(List.of(), changed);
  }

  @Test
  void shouldReportNoListThatChangesNothing() {
    sweep(SweepResults.eu().tasks(101, "c1", task("T-1")));
    changed.clear();

    sweep(SweepResults.eu().tasks(201, "c1", task("T-1")));
    assertEquals(List.of(), changed);

    sweep(SweepResults.eu().tasks(202, "c1"));
    assertEquals(List.of("quiet"), changed);
  }

  @Test
  void shouldReportTheFirstListThatAGateCanUse() {
    sweep(SweepResults.eu().tasks(90, "c1"));
    changed.clear();

    sweep(SweepResults.eu().tasks(101, "c1"));

    assertEquals(List.of("quiet"), changed);
  }

  @Test
  void shouldReportTheFirstListAfterAnOutdatedOne() {
    sweep(SweepResults.eu().tasks(101, "c1"));
    clock.set(500 + MAX_AGE);
    changed.clear();

    sweep(SweepResults.eu().tasks(400 + MAX_AGE, "c1"));

    assertEquals(List.of("quiet"), changed);
  }

  private void sweep(SweepResult result) {
    lists.swept(DISCOVERY, result);
  }

  private List<ClusterList> of(String clusterId) {
    return lists.of(DISCOVERY, Set.of(clusterId), 100).getOrDefault(clusterId, List.of());
  }
}
