package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.MaintenancePlan;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sweeps for subscribers. */
final class ClusterSweeperSubscriptionTest extends ClusterSweeperTestCase {
  @Test
  void shouldSweepTheClustersOfASubscriberAtOnce() {
    // given
    lists.tasks(tasks(3));

    // when
    sweeper.subscribe(A, ids("c1", "c2"));
    sweepAll();

    // then
    assertEquals(2, results.size());
    SweepResult.Tasks first = assertInstanceOf(SweepResult.Tasks.class, results.getFirst());
    assertEquals(3, first.tasks().size());
    assertEquals(now, first.began());
    assertTrue(first.isComplete());
  }

  /** A task may have started before a page of it was read, but not before the pass began. */
  @Test
  void shouldSayWhenThePassBeganAndNotWhenItEnded() {
    // given
    lists.tasks(tasks(150));
    sweeper.subscribe(A, ids("c1"));
    long start = nanos;
    complete(sweeper, sweeper.begin().orElseThrow());

    // when
    pass(Duration.ofSeconds(9));
    sweepAll();

    // then
    assertEquals(start, assertInstanceOf(SweepResult.Tasks.class, results.getFirst()).start());
  }

  @Test
  void shouldSayWhenAFailedPassBegan() {
    sweeper.subscribe(A, ids("c1"));

    sweepAll();

    assertEquals(nanos, assertInstanceOf(SweepResult.Failed.class, results.getFirst()).start());
  }

  @Test
  void shouldSweepForSubscribersHoweverManyPages() {
    lists.tasks(tasks(1_050));

    sweeper.subscribe(A, ids("c1"));
    sweepAll();

    assertEquals(11, lists.calls.size());
  }

  @Test
  void shouldServeAllSubscribersOfAClusterWithOneSweep() {
    lists.tasks(tasks(3));
    sweeper.subscribe(A, ids("c1"));
    sweeper.subscribe(B, ids("c1"));

    sweepAll();

    assertEquals(1, lists.calls.size());
    assertEquals(2, results.size());
  }

  @Test
  void shouldPassNoResultToASubscriberOfAnotherCluster() {
    lists.tasks(tasks(3));
    tasks.put("c2", 5);
    sweeper.subscribe(A, ids("c1"));

    sweepAll();

    assertEquals(2, lists.calls.size());
    assertEquals(1, results.size());
  }

  @Test
  void shouldEndWithTheSubscription() {
    // given
    lists.tasks(tasks(3));
    sweeper.subscribe(A, ids("c1"));
    sweepAll();

    // when
    sweeper.unsubscribe(A);
    pass(Duration.ofMinutes(1));
    sweepAll();

    // then
    assertFalse(sweeper.hasSubscribers());
    assertEquals(1, lists.calls.size());
  }

  @Test
  void shouldSweepOnlyWhatAnEditedSubscriptionAdds() {
    // given
    lists.tasks(tasks(3));
    sweeper.subscribe(A, ids("c1"));
    sweepAll();
    lists.calls.clear();

    // when
    sweeper.subscribe(A, ids("c1", "c2"));
    sweepAll();

    // then
    assertEquals(List.of("c2/1"), lists.calls);
  }

  @Test
  void shouldNotSweepBecauseASubscriptionIsRepeated() {
    // given
    lists.clusters(List.of("c1"));
    lists.tasks(tasks(3));
    sweeper.subscribe(A, all());
    sweepAll();
    lists.calls.clear();

    // when
    sweeper.subscribe(A, all());
    sweepAll();

    // then
    assertEquals(List.of(), lists.calls);
  }

  @Test
  void shouldKeepTheWaitAfterARefusalForAnotherSubscriber() {
    // given
    sweeper.subscribe(A, ids("c1"));
    sweepAll();

    // when
    sweeper.subscribe(B, ids("c1", "c2"));
    sweepAll();

    // then
    assertEquals(List.of("c1/1", "c2/1"), lists.calls);
  }

  @Test
  void shouldReportEachFailure() {
    // given
    sweeper.subscribe(A, ids("c1"));

    // when
    sweepAll();
    pass(Duration.ofMinutes(10));
    sweepAll();

    // then
    assertEquals(2, results.size());
    SweepResult.Failed failed = assertInstanceOf(SweepResult.Failed.class, results.getLast());
    assertEquals(SweptList.TASKS, failed.list());
    assertEquals("c1", failed.clusterId());
    assertEquals(FakeLists.FORBIDDEN, failed.cause());
  }

  @Test
  void shouldSweepAllListedClustersButTheExcluded() {
    lists.clusters(List.of("c1", "c2", "c3"));
    lists.tasks(tasks(3));

    sweeper.subscribe(A, all("c2"));
    sweepAll();

    assertEquals(Set.of("clusters/1", "c1/1", "c3/1"), Set.copyOf(lists.calls));
    assertInstanceOf(SweepResult.Clusters.class, results.getFirst());
  }

  @Test
  void shouldListTheClustersEveryFiveMinutes() {
    // given
    lists.clusters(List.of());
    sweeper.subscribe(A, all());
    sweepAll();

    // when
    Duration first = sweeper.untilDue().orElseThrow();
    pass(first);
    sweepAll();

    // then
    ClusterSweeperTest.assertBetween(Duration.ZERO, first, Duration.ofMinutes(5));
    assertEquals(Duration.ofMinutes(5), sweeper.untilDue().orElseThrow());
  }

  @Test
  void shouldSweepNoClusterThatIsNotListedAnyMore() {
    // given
    lists.clusters(List.of("c1", "c2"));
    lists.tasks(tasks(3));
    sweeper.subscribe(A, all());
    sweepAll();

    // when
    lists.clusters(List.of("c1"));
    pass(Duration.ofSeconds(330));
    sweepAll();
    lists.calls.clear();
    pass(Duration.ofSeconds(33));
    sweepAll();

    // then
    assertEquals(List.of("c1/1"), lists.calls);
  }

  @Test
  void shouldKeepTheClustersIfTheirListFails() {
    // given
    lists.clusters(List.of("c1"));
    lists.tasks(tasks(3));
    sweeper.subscribe(A, all());
    sweepAll();

    // when
    lists.clusters(page -> new Listing.Failed<>(FakeLists.DOWN));
    pass(Duration.ofSeconds(330));
    sweepAll();
    lists.calls.clear();
    pass(Duration.ofSeconds(33));
    sweepAll();

    // then
    assertTrue(lists.calls.contains("c1/1"), lists.calls.toString());
  }

  @Test
  void shouldSweepAtMostThousandClusters() {
    // given
    lists.clusters(IntStream.range(0, 1_500).mapToObj(i -> "c" + i).toList());
    lists.tasks(tasks(3));

    // when
    sweeper.subscribe(A, all());
    sweepAll();

    // then
    SweepResult.Clusters clusters =
        assertInstanceOf(SweepResult.Clusters.class, results.getFirst());
    assertFalse(clusters.isComplete());
    assertEquals(1_001, results.size());
  }

  @Test
  void shouldSweepClustersWithoutTasksWithTheDefaultInterval() {
    // given
    ClusterSweeper slow = sweeper(Duration.ofMinutes(1));
    lists.tasks(tasks(3));
    slow.subscribe(A, ids("c1"));

    // when
    sweepAll(slow);

    // then
    assertEquals(DEFAULT, tasks.sweeps.getFirst().interval());
  }

  @Test
  void shouldListPlansEveryMinute() {
    // given
    MaintenancePlan plan = new MaintenancePlan("P-1", "c1", null, "CVE_FIX");
    lists.tasks(tasks(3));
    lists.plans(() -> FakeLists.listed(List.of(plan), null));
    sweeper.subscribe(A, withPlans("c1"));
    sweepAll();

    // when
    pass(Duration.ofSeconds(66));
    sweepAll();

    // then
    assertEquals(2, lists.calls.stream().filter("plans"::equals).count());
    assertEquals(
        List.of(plan),
        results.stream()
            .filter(SweepResult.Plans.class::isInstance)
            .map(SweepResult.Plans.class::cast)
            .findFirst()
            .orElseThrow()
            .plans());
  }

  @Test
  void shouldListForbiddenPlansAfterTenMinutesAgain() {
    // given
    lists.tasks(tasks(3));
    sweeper.subscribe(A, withPlans("c1"));

    // when
    for (int i = 0; i < 119; i++) {
      sweepAll();
      pass(Duration.ofSeconds(5));
    }

    // then
    assertEquals(1, lists.calls.stream().filter("plans"::equals).count());
  }

  @Test
  void shouldBeginAgainWithTheFirstPageAfterAPause() {
    // given
    lists.tasks(tasks(250));
    sweeper.subscribe(A, ids("c1"));
    complete(sweeper, sweeper.begin().orElseThrow());

    // when
    sweeper.unsubscribe(A);
    pass(Duration.ofHours(1));
    sweeper.subscribe(A, ids("c1"));

    // then
    assertEquals(1, sweeper.begin().orElseThrow().page().number());
  }
}
