package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.Listing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sweeps in place of the polls of tasks. */
final class ClusterSweeperTest extends ClusterSweeperTestCase {
  @Test
  void shouldSweepAClusterWithTwoUnfinishedTasks() {
    // given
    lists.tasks(tasks(2));
    tasks.put("c1", 2);
    tasks.put("c2", 1);

    // when
    sweepAll();

    // then
    assertEquals(List.of("c1/1"), lists.calls);
    assertEquals("c1", tasks.sweeps.getFirst().clusterId());
    assertTrue(tasks.sweeps.getFirst().isComplete());
  }

  @Test
  void shouldNotSweepWithoutTasksAndSubscribers() {
    sweepAll();

    assertEquals(Optional.empty(), sweeper.untilDue());
    assertEquals(List.of(), lists.calls);
  }

  @Test
  void shouldNotSweepAClusterWhoseIdIsNoPartOfAPath() {
    tasks.put("../c1", 5);
    tasks.put("", 5);

    sweepAll();

    assertEquals(List.of(), lists.calls);
  }

  @Test
  void shouldReadAllPages() {
    lists.tasks(tasks(250));
    tasks.put("c1", 3);

    sweepAll();

    assertEquals(List.of("c1/1", "c1/2", "c1/3"), lists.calls);
    assertEquals(250, tasks.sweeps.getFirst().tasks().size());
  }

  @Test
  void shouldGiveUpAClusterWithMorePagesThanTasks() {
    // given
    lists.tasks(tasks(1_000));
    tasks.put("c1", 3);

    // when
    sweepAll();
    pass(Duration.ofHours(1));
    sweepAll();

    // then
    assertEquals(3, lists.calls.size());
    assertEquals(List.of(), tasks.sweeps);
  }

  @Test
  void shouldSweepAgainOnceTheTasksAreAsManyAsThePages() {
    // given
    lists.tasks(tasks(250));
    tasks.put("c1", 2);
    sweepAll();

    // when
    tasks.put("c1", 3);
    pass(Duration.ofSeconds(1));
    sweepAll();

    // then
    assertEquals(5, lists.calls.size());
    assertEquals(1, tasks.sweeps.size());
  }

  @Test
  void shouldSweepEveryFiveSecondsWithABigBudget() {
    // given
    lists.tasks(tasks(2));
    tasks.put("c1", 2);
    sweepAll();

    // when
    Duration first = sweeper.untilDue().orElseThrow();
    pass(first);
    sweepAll();
    Duration second = sweeper.untilDue().orElseThrow();

    // then
    assertBetween(Duration.ZERO, first, Duration.ofSeconds(5));
    assertEquals(Duration.ofSeconds(5), second);
    assertEquals(Duration.ofSeconds(5), tasks.sweeps.getFirst().interval());
  }

  /** As after a restart, when all are swept at once. */
  @Test
  void shouldSpreadClustersThatWereSweptTogether() {
    // given
    lists.tasks(tasks(2));
    for (int i = 0; i < 100; i++) {
      tasks.put("c" + i, 2);
    }
    sweepAll();
    lists.calls.clear();

    // when
    List<Integer> sweeps = new ArrayList<>();
    for (int tenth = 0; tenth < 30; tenth++) {
      pass(Duration.ofMillis(500));
      sweepAll();
      sweeps.add(lists.calls.size());
      lists.calls.clear();
    }

    // then
    assertEquals(300, sweeps.stream().mapToInt(number -> number).sum());
    assertTrue(Collections.max(sweeps) <= 25, "was " + sweeps);
  }

  @Test
  void shouldReportEachPageBeforeTheLastOneAtOnce() {
    // given
    lists.tasks(tasks(250));
    tasks.put("c1", 5);

    // when
    complete(sweeper, sweeper.begin().orElseThrow());
    List<String> afterFirst = List.copyOf(tasks.listed);
    sweepAll();

    // then
    assertEquals(List.of("c1 100"), afterFirst);
    assertEquals(List.of("c1 100", "c1 100"), tasks.listed);
    assertEquals(1, tasks.sweeps.size());
  }

  @Test
  void shouldSweepWithThePollIntervalWithASmallBudget() {
    ClusterSweeper slow = sweeper(Duration.ofMinutes(1));
    lists.tasks(tasks(2));
    tasks.put("c1", 2);

    sweepAll(slow);

    assertEquals(POLLS, tasks.sweeps.getFirst().interval());
    assertBetween(Duration.ZERO, slow.untilDue().orElseThrow(), POLLS);
  }

  @Test
  void shouldShareHalfOfTheBudgetByThePagesOfAllClusters() {
    // given
    ClusterSweeper shared = sweeper(Duration.ofMillis(500));
    lists.tasks(tasks(2));
    for (int i = 0; i < 8; i++) {
      tasks.put("c" + i, 2);
    }

    // when
    sweepAll(shared);

    // then
    assertEquals(Duration.ofSeconds(8), tasks.sweeps.getLast().interval());
  }

  @Test
  void shouldMakeOneSweepOfAClusterAtATime() {
    // given
    lists.tasks(tasks(2));
    tasks.put("c1", 2);
    tasks.put("c2", 2);
    PageCall hanging = sweeper.begin().orElseThrow();

    // when
    pass(Duration.ofMinutes(5));
    PageCall other = sweeper.begin().orElseThrow();

    // then
    assertFalse(other.clusterId().equals(hanging.clusterId()));
    assertEquals(Optional.empty(), sweeper.begin());
  }

  @Test
  void shouldLimitThePagesThatAreReadAtTheSameTime() {
    // given
    for (int i = 0; i < 20; i++) {
      tasks.put("c" + i, 2);
    }

    // when
    int begun = 0;
    while (sweeper.begin().isPresent()) {
      begun++;
    }

    // then
    assertEquals(8, begun);
    assertEquals(Optional.empty(), sweeper.untilDue());
  }

  @Test
  void shouldFinishAPassBeforeAnotherBegins() {
    // given
    lists.tasks(tasks(250));
    tasks.put("c1", 5);
    sweepAll();
    pass(sweeper.untilDue().orElseThrow());
    sweepAll();
    tasks.put("c2", 5);
    pass(Duration.ofSeconds(4));
    complete(sweeper, sweeper.begin().orElseThrow());

    // when
    pass(Duration.ofSeconds(4));
    PageCall next = sweeper.begin().orElseThrow();

    // then
    assertEquals("c2", next.clusterId());
    assertEquals(2, next.page().number());
  }

  @Test
  void shouldFallBackForTenMinutesWhereTheListIsForbidden() {
    // given
    tasks.put("c1", 2);

    // when
    sweepAll();

    // then
    assertEquals(List.of("c1"), tasks.failed);
    assertEquals(Duration.ofMinutes(10), sweeper.untilDue().orElseThrow());
  }

  @Test
  void shouldKeepTheWaitAfterARefusalWhateverTheTasksDo() {
    // given
    tasks.put("c1", 2);
    sweepAll();

    // when
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofSeconds(5));
      tasks.put("c1", i % 2);
      tasks.unfinished.values().removeIf(number -> number < 2);
      sweepAll();
      tasks.put("c1", 2);
      sweepAll();
    }

    // then
    assertEquals(1, lists.calls.size());
  }

  @Test
  void shouldTryAgainAfterOtherFailures() {
    // given
    lists.tasks((cluster, page) -> new Listing.Failed<>(FakeLists.DOWN));
    tasks.put("c1", 2);
    sweepAll();

    // when
    pass(Duration.ofSeconds(5));
    lists.tasks(tasks(2));
    sweepAll();

    // then
    assertEquals(1, tasks.sweeps.size());
  }

  @Test
  void shouldSweepAgainHalfAnIntervalAfterASlowPass() {
    // given
    lists.tasks(tasks(2));
    tasks.put("c1", 2);
    sweepAll();
    pass(sweeper.untilDue().orElseThrow());
    PageCall slow = sweeper.begin().orElseThrow();

    // when
    pass(Duration.ofSeconds(20));
    complete(sweeper, slow);

    // then
    assertBetween(
        Duration.ofMillis(2_500), sweeper.untilDue().orElseThrow(), Duration.ofSeconds(5));
  }

  static void assertBetween(Duration least, Duration actual, Duration most) {
    assertTrue(actual.compareTo(least) >= 0 && actual.compareTo(most) <= 0, "was " + actual);
  }
}
