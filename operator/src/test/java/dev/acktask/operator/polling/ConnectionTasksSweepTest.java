package dev.acktask.operator.polling;

import static dev.acktask.operator.api.v1alpha1.AckTasks.TASK_ID;
import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.polling.SweptTasks.Sweep;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A sweep moves the due times of polls, and nothing else. */
final class ConnectionTasksSweepTest extends ConnectionTasksTestCase {
  private static final Duration SWEEP = Duration.ofSeconds(5);
  private static final String T1 = "2026-01-02T03:00:00Z";
  private static final String T2 = "2026-01-02T03:01:00Z";

  @Test
  void shouldPostponeAnUnmovedTaskToFourIntervals() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));

    // when
    Duration age = sweepUntilDue(listed("running", T1));

    // then
    assertBetween(Duration.ofSeconds(72), age, Duration.ofSeconds(80));
  }

  @Test
  void shouldPollWithTheNormalIntervalWithoutSweeps() {
    tasks.put(A, running("u1"));

    poll(answer("running", T1, 1));

    assertAboutOneInterval(untilDue());
  }

  @Test
  void shouldPollAgainOneIntervalAfterTheLastSweepIsOld() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));

    // when
    sweep(listed("running", T1));

    // then
    assertBetween(SWEEP.multipliedBy(2), untilDue(), SWEEP.multipliedBy(2).plus(INTERVAL));
  }

  @Test
  void shouldPollAMovedTaskNow() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweep(listed("running", T1));

    // when
    sweep(listed("running", T2));

    // then
    assertEquals(Duration.ZERO, untilDue());
  }

  @Test
  void shouldPollAMovedTaskBeforeTheLastPageOfTheSweep() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweep(listed("running", T1));

    // when
    tasks.listed("c1", List.of(listed("running", T2)));
    Duration moved = untilDue();
    poll(answer("running", T2, 2));
    Duration age = sweepUntilDue(listed("running", T2));

    // then
    assertEquals(Duration.ZERO, moved);
    assertBetween(Duration.ofSeconds(72), age, Duration.ofSeconds(80));
  }

  @Test
  void shouldPostponeNothingForAPageBeforeTheLastOne() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    Duration before = untilDue();

    // when
    tasks.listed("c1", List.of(listed("running", T1)));
    tasks.listed("c9", List.of(listed("running", T2)));

    // then
    assertEquals(before, untilDue());
  }

  @Test
  void shouldPollATaskWhoseStateMovedAlone() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweep(listed("running", T1));

    // when
    sweep(listed("failed", T1));

    // then
    assertEquals(Duration.ZERO, untilDue());
  }

  @Test
  void shouldPollATaskWhoseFirstListDiffersFromItsDetails() {
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));

    sweep(listed("running", T2));

    assertEquals(Duration.ZERO, untilDue());
  }

  @Test
  void shouldPollATaskOnceWhoseListWritesTimesInAnotherWay() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    ListedTask entry = listed("running", "2026-01-02T03:00:00.482Z");
    sweep(entry);
    poll(new TaskLookup.Unchanged());

    // when
    Duration age = sweepUntilDue(entry);

    // then
    assertBetween(Duration.ofSeconds(72), age, Duration.ofSeconds(80));
  }

  @Test
  void shouldCompareTimesAndNotTexts() {
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));

    sweep(listed("running", "2026-01-02T11:00:00+08:00"));

    assertTrue(untilDue().isPositive());
  }

  @Test
  void shouldPollATaskNormallyThatACompleteListLacks() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweepFor(INTERVAL.multipliedBy(2), listed("running", T1));

    // when
    sweep();

    // then
    assertTrue(untilDue().compareTo(INTERVAL) <= 0, untilDue().toString());
  }

  @Test
  void shouldPollATaskNormallyThatAnIncompleteListLacks() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweepFor(INTERVAL.multipliedBy(2), listed("running", T1));

    // when
    tasks.swept(new Sweep("c1", nanos, SWEEP, List.of(), false));

    // then
    assertTrue(untilDue().compareTo(INTERVAL) <= 0, untilDue().toString());
  }

  @Test
  void shouldPollNormallyAfterAFailedSweep() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweepFor(INTERVAL.multipliedBy(2), listed("running", T1));

    // when
    tasks.sweepFailed("c1");

    // then
    assertTrue(untilDue().compareTo(INTERVAL) <= 0, untilDue().toString());
    poll(new TaskLookup.Unchanged());
    assertAboutOneInterval(untilDue());
  }

  @Test
  void shouldCountTheAgeFromTheStartOfThePoll() {
    // given
    tasks.put(A, running("u1"));
    Poll slow = next();
    pass(Duration.ofSeconds(15));
    tasks.complete(slow, answer("running", T1, 1));

    // when
    Duration age = sweepUntilDue(listed("running", T1));

    // then
    assertBetween(Duration.ofSeconds(57), age, Duration.ofSeconds(65));
  }

  @Test
  void shouldNotPostponeATaskThatTheListHasAsFinished() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweep(listed("running", T1));
    sweep(listed("success", T1));
    poll(new TaskLookup.Unchanged()); // read from a replica that is behind
    poll(new TaskLookup.Unchanged());

    // when
    sweep(listed("success", T1));

    // then
    assertTrue(untilDue().compareTo(INTERVAL) < 0, untilDue().toString());
  }

  @Test
  void shouldPollOnceMoreNormallyIfAnAnnouncedPollFoundNothing() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweep(listed("running", T1));
    sweep(listed("running", T2));
    poll(new TaskLookup.Unchanged());

    // when
    Duration age = sweepUntilDue(listed("running", T2));

    // then
    assertBetween(Duration.ofSeconds(18), age, Duration.ofSeconds(22));
  }

  @Test
  void shouldPollNormallyWhereTheListMovesWithoutAChange() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweep(listed("running", T1));
    sweep(listed("running", T2));
    poll(new TaskLookup.Unchanged());

    // when
    Duration before = untilDue();
    for (int i = 0; i < 3; i++) {
      sweepAt(listed("running", "heartbeat " + i));
    }

    // then
    assertAboutOneInterval(before);
    assertEquals(before, untilDue());
  }

  @Test
  void shouldPollAgainAtOnceIfTheListMovedDuringThePoll() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweep(listed("running", T1));
    Poll underWay = next();

    // when
    sweep(listed("running", T2));
    tasks.complete(underWay, new TaskLookup.Unchanged());

    // then
    assertEquals(Duration.ZERO, untilDue());
  }

  @Test
  void shouldKeepTheBackoffOfAFailingTask() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    poll(DOWN);
    Duration before = untilDue();

    // when
    sweepAt(listed("running", T1));
    sweepAt(listed("running", T2));

    // then
    assertEquals(before, untilDue());
  }

  @Test
  void shouldKeepTheTimingOfATaskThatIsNotFound() {
    // given
    tasks.put(A, running("u1"));
    poll(NOT_FOUND);
    Duration before = untilDue();

    // when
    sweepAt(listed("running", T1));

    // then
    assertEquals(before, untilDue());
  }

  @Test
  void shouldNotPostponeTheFirstPoll() {
    tasks.put(A, created("u1", spec().clusterId("c1").build()));

    sweepAt(listed("running", T1));

    assertEquals(Duration.ZERO, untilDue());
  }

  @Test
  void shouldNotPostponeARefreshRequest() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    tasks.put(A, running("u1").toBuilder().refreshRequest("r1").build());

    // when
    sweepAt(listed("running", T1));

    // then
    assertEquals(Duration.ZERO, untilDue());
  }

  @Test
  void shouldNotPostponeATaskWithAForgedVerdict() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    AckTaskSnapshot forged =
        of(AckTasks.succeeded(), "u1").toBuilder().operatorWroteStatus(false).build();
    tasks.put(A, forged);

    // when
    sweepAt(listed("running", T1));

    // then
    assertAboutOneInterval(untilDue());
  }

  @Test
  void shouldNotPostponeATaskWhoseWholeAnswerIsNeeded() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweepFor(INTERVAL.multipliedBy(2), listed("running", T1));

    // when
    cache.remove(new TaskKey("(built-in)@1", next().key().task()));
    cacheLost();

    // then
    assertTrue(tasks.untilDue().orElse(INTERVAL).compareTo(INTERVAL) <= 0);
  }

  @Test
  void shouldNotPostponeATaskOfAnotherCluster() {
    // given
    AckTaskSnapshot other = created("u1", spec().clusterId("c2").build());
    tasks.put(A, other);
    poll(answer("running", T1, 1));
    Duration before = untilDue();

    // when
    sweepAt(listed("running", T1));

    // then
    assertEquals(before, untilDue());
  }

  @Test
  void shouldTrustAListForTwentyIntervalsAfterHundredAnnouncedChanges() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 0));
    sweep(listed("running", T1));

    // when
    announceChanges(SweepTrust.REQUIRED);
    poll(new TaskLookup.Unchanged()); // of the normal interval

    // then
    Duration age = sweepUntilDue(listed("running", "t" + SweepTrust.REQUIRED));
    assertBetween(Duration.ofSeconds(355), age, Duration.ofSeconds(400));
  }

  @Test
  void shouldTrustAListForFourIntervalsAgainAfterAMissedChange() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 0));
    sweep(listed("running", T1));
    announceChanges(SweepTrust.REQUIRED);
    ListedTask frozen = listed("running", "t" + SweepTrust.REQUIRED);
    sweepUntilDue(frozen);

    // when
    poll(answer("running", T1, 1_000));
    int missed = sweep(frozen);

    // then
    assertEquals(1, missed);
    assertBetween(Duration.ofSeconds(60), sweepUntilDue(frozen), Duration.ofSeconds(80));
  }

  @Test
  void shouldNotCountAChangeThatTheNextSweepAnnounces() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweepUntilDue(listed("running", T1));

    // when
    poll(answer("running", T2, 2));

    // then
    assertEquals(0, sweep(listed("running", T2)));
    assertEquals(0, sweep(listed("running", T2)));
  }

  @Test
  void shouldNotJudgeAChangeByASweepThatBeganBeforeIt() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweepUntilDue(listed("running", T1));
    long began = nanos;
    pass(Duration.ofSeconds(1));

    // when
    poll(answer("running", T2, 2));
    pass(Duration.ofSeconds(1));
    int missed = tasks.swept(new Sweep("c1", began, SWEEP, List.of(listed("running", T1)), true));

    // then
    assertEquals(0, missed);
    assertEquals(1, sweep(listed("running", T1)));
  }

  @Test
  void shouldNotCountAFinalStateThatTheListAnnouncesLater() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("running", T1, 1));
    sweepUntilDue(listed("running", T1));

    // when
    poll(answer("success", T1, 2));
    tasks.remove(A);

    // then
    assertEquals(1, sweep(listed("running", T1)), "the list has not moved");
  }

  @Test
  void shouldNotPollATaskThatFinished() {
    // given
    tasks.put(A, running("u1"));
    poll(answer("success", T1, 1));

    // when
    sweep(listed("running", T2));
    sweep(listed("running", T1));

    // then
    assertEquals(Optional.empty(), tasks.untilDue());
  }

  @Test
  void shouldCountUnfinishedTasksByTheClusterOfTheSpecOrTheAnswer() {
    // given
    tasks.put(A, created("u1", spec().taskId("T-1").clusterId("c1").build()));
    tasks.put(B, created("u2", spec().taskId("T-2").build()));

    // when
    boolean isOneCounted = tasks.unfinishedByCluster().isEmpty();
    long changes = tasks.clusterChanges();
    pollBoth();

    // then
    assertTrue(isOneCounted, "one task is no reason to sweep");
    assertEquals(Map.of("c1", 2), tasks.unfinishedByCluster());
    assertFalse(tasks.clusterChanges() == changes);
  }

  @Test
  void shouldReportTheShortestIntervalOfACluster() {
    // given
    tasks.put(A, created("u1", spec().taskId("T-1").clusterId("c1").pollInterval("15s").build()));
    tasks.put(B, created("u2", spec().taskId("T-2").clusterId("c1").build()));

    // then
    assertEquals(Optional.of(Duration.ofSeconds(15)), tasks.shortestInterval("c1"));
    assertEquals(Optional.empty(), tasks.shortestInterval("c2"));
  }

  /** A list every five seconds would delay what is polled every second. */
  @Test
  void shouldNotCountTasksThatArePolledMoreOftenThanLists() {
    tasks.put(A, created("u1", spec().taskId("T-1").clusterId("c1").pollInterval("4s").build()));
    tasks.put(B, created("u2", spec().taskId("T-2").clusterId("c1").pollInterval("4s").build()));

    assertEquals(Map.of(), tasks.unfinishedByCluster());
  }

  private void pollBoth() {
    for (int i = 0; i < 2; i++) {
      Poll poll = next();
      String id = poll.key().task().taskId();
      tasks.complete(
          poll,
          new TaskLookup.Found(
              TaskInfo.builder(id, "running").clusterId("c1\n").build(), null, digest(id)));
    }
  }

  /** The next answer has to be read in full, because its object is reconciled without one. */
  private void cacheLost() {
    tasks.latest(A, running("u1"));
  }

  private void announceChanges(int number) {
    for (int i = 1; i <= number; i++) {
      sweep(listed("running", "t" + i));
      poll(answer("running", T1, i));
    }
  }

  /** Sweeps once after an interval of sweeps; the number of missed changes. */
  private int sweep(ListedTask... listed) {
    pass(SWEEP);
    return sweepAt(listed);
  }

  private int sweepAt(ListedTask... listed) {
    return tasks.swept(new Sweep("c1", nanos, SWEEP, List.of(listed), true));
  }

  private void sweepFor(Duration time, ListedTask... listed) {
    for (long i = 0; i < time.dividedBy(SWEEP); i++) {
      sweep(listed);
    }
  }

  /** Sweeps until a poll is due; the time until then. */
  private Duration sweepUntilDue(ListedTask... listed) {
    long start = nanos;
    sweepAt(listed);
    while (untilDue().compareTo(SWEEP) > 0) {
      sweep(listed);
    }
    pass(untilDue());
    return Duration.ofNanos(nanos - start);
  }

  private static ListedTask listed(String state, String updated) {
    return FakeLists.task(TASK_ID, state, updated);
  }

  /** An answer whose details have a version. */
  private static TaskLookup.Found answer(String state, String updated, int version) {
    TaskInfo info = TaskInfo.builder(TASK_ID, state).clusterId("c1").updated(updated).build();
    return new TaskLookup.Found(info, null, digest(state + updated + version));
  }

  private static void assertBetween(Duration least, Duration actual, Duration most) {
    assertTrue(actual.compareTo(least) >= 0 && actual.compareTo(most) <= 0, "was " + actual);
  }
}
