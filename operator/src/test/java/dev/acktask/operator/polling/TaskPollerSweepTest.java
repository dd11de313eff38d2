package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.controller.FakeTaskClient;
import dev.acktask.operator.health.Health;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sweeps and polls of one connection together. */
final class TaskPollerSweepTest extends TaskPollerTestCase {
  private static final int TASKS = 100;

  @Test
  void shouldNeedFewerCallsThanPolls() {
    // given
    create(TASKS);
    lists.tasks(listed(TASKS));
    runFor(Duration.ofMinutes(2));
    int before = calls();

    // when
    runFor(Duration.ofMinutes(10));

    // then
    int polls = TASKS * 30; // one for each interval
    assertTrue(calls() - before < polls * 0.35, (calls() - before) + " calls");
    assertEquals(TASKS, events.size());
  }

  @Test
  void shouldPollNormallyWithoutTheRightToList() {
    // given
    create(TASKS);
    runFor(Duration.ofMinutes(2));
    int before = cloud.calls.size();

    // when
    runFor(Duration.ofMinutes(10));

    // then
    int polls = cloud.calls.size() - before;
    assertTrue(polls > TASKS * 27 && polls < TASKS * 33, polls + " polls");
    assertEquals(2, lists.calls.size());
  }

  @Test
  void shouldLeaveHalfOfTheTurnsToPollsThatAreDue() {
    // given
    poller = poller(60, Runnable::run, metrics);
    lists.tasks(listed(2_000));
    for (int i = 0; i < 10; i++) {
      create("team-" + i, i * 200, 200);
    }
    runFor(Duration.ofMinutes(5));
    int polls = cloud.calls.size();
    int pages = lists.calls.size();

    // when
    runFor(Duration.ofMinutes(30));

    // then
    int swept = lists.calls.size() - pages;
    int polled = cloud.calls.size() - polls;
    assertTrue(
        swept * 3 >= polled && swept <= polled + 1, swept + " pages and " + polled + " polls");
    assertTrue(swept + polled <= 30 * 60 + 1, "more calls than the budget");
  }

  @Test
  void shouldPollARefreshRequestAfterOnePageAtMost() {
    // given
    poller = poller(60, Runnable::run, metrics);
    lists.tasks((cluster, page) -> FakeLists.page(listed(1_000), page));
    create(1_000);
    runFor(Duration.ofMinutes(5));
    int calls = calls();
    AckTask requested = task("o7", "T-7");
    requested.getMetadata().getAnnotations().put(AckTask.REFRESH_REQUESTED_AT, "now");

    // when
    poller.onResourceUpdated(requested, requested);
    while (!cloud.calls.getLast().equals("T-7")) {
      pass(step());
    }

    // then
    assertTrue(calls() - calls <= 3, (calls() - calls) + " calls");
  }

  @Test
  void shouldSpendOneSlotOnAListThatHangs() {
    // given
    poller = poller(60_000, waiting::add, metrics);
    create(60);
    pollAll();
    runWaiting();
    lists.tasks(listed(60));
    pass(Duration.ofSeconds(2));
    step();
    List<Runnable> hanging = List.copyOf(waiting);
    waiting.clear();

    // when
    pass(INTERVAL.multipliedBy(2));
    int polls = pollAll();

    // then
    assertEquals(1, hanging.size());
    assertEquals(60, polls);
    assertEquals(60, waiting.size());
  }

  @Test
  void shouldBeDeadIfASweepDoesNotEnd() {
    // given
    poller = poller(60_000, waiting::add, metrics);
    create(2);
    pollAll();
    runWaiting();
    pass(Duration.ofSeconds(2));
    step();

    // when
    pass(Duration.ofSeconds(81));

    // then
    assertInstanceOf(Health.Dead.class, poller.check());
    runWaiting();
    assertInstanceOf(Health.Alive.class, poller.check());
  }

  @Test
  void shouldCountMissedChangesOfAFrozenList() {
    // given
    create(TASKS);
    lists.tasks(listed(TASKS));
    runFor(Duration.ofMinutes(2));

    // when
    cloud.answer(ref -> FakeTaskClient.created(ref, "later"));
    runFor(INTERVAL.multipliedBy(5));

    // then
    assertEquals(2 * TASKS, events.size());
    assertEquals(TASKS, metrics.missedChanges.get());
  }

  @Test
  void shouldPollEachChangeOfAFrozenListWithinFourIntervals() {
    // given
    create(TASKS);
    lists.tasks(listed(TASKS));
    runFor(Duration.ofMinutes(2));
    events.clear();

    // when
    cloud.answer("paused");
    runFor(INTERVAL.multipliedBy(4).plusSeconds(1));

    // then
    assertEquals(TASKS, events.size());
  }

  @Test
  void shouldPollAnAnnouncedChangeWithTheNextSweep() {
    // given
    create(TASKS);
    lists.tasks(listed(TASKS));
    runFor(Duration.ofMinutes(2));
    events.clear();

    // when
    cloud.answer("failed");
    List<ListedTask> failed =
        IntStream.range(0, TASKS).mapToObj(i -> FakeLists.task("T-" + i, "failed", "t")).toList();
    lists.tasks(failed);
    runFor(Duration.ofSeconds(6));

    // then
    assertEquals(TASKS, events.size());
  }

  @Test
  void shouldKeepPollingWhenASweepThrows() {
    // given
    create(TASKS);
    lists.tasks(
        (cluster, page) -> {
          throw new StackOverflowError("as a hostile answer might cause");
        });

    // when
    runFor(Duration.ofMinutes(2));

    // then
    assertTrue(cloud.calls.size() > TASKS * 5);
    assertTrue(metrics.failures.get() > 1, "repeated");
  }

  @Test
  void shouldNotBelieveAListThatClaimsSuccess() {
    // given
    create(TASKS);
    lists.tasks(
        IntStream.range(0, TASKS).mapToObj(i -> FakeLists.task("T-" + i, "success", "t")).toList());
    runFor(Duration.ofMinutes(2));
    cloud.calls.clear();

    // when
    runFor(Duration.ofMinutes(2));

    // then
    assertTrue(cloud.calls.size() >= TASKS * 5, "a list decides no verdict");
    assertEquals(TASKS, events.size());
  }

  @Test
  void shouldSurviveAServerThatRepeatsOnePageIndefinitely() {
    // given
    List<ListedTask> page = listed(PageRequest.SIZE);
    lists.tasks((cluster, request) -> FakeLists.listed(page, "token" + request.number()));
    create(TASKS);

    // when
    runFor(Duration.ofMinutes(1));

    // then
    assertTrue(lists.calls.size() <= 2 * 14, lists.calls.size() + " pages");
  }

  private void create(int number) {
    create("shop", 0, number);
  }

  private void create(String namespace, int from, int number) {
    for (int i = from; i < from + number; i++) {
      poller.onResourceCreated(task(namespace, "o" + i, "T-" + i));
    }
  }

  private static List<ListedTask> listed(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> FakeLists.task("T-" + i, "running", null))
        .toList();
  }

  private int calls() {
    return cloud.calls.size() + lists.calls.size();
  }

  private void runFor(Duration time) {
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      Duration wait = step();
      Duration left = Duration.between(now, end);
      pass(wait.compareTo(left) < 0 ? wait : left);
    }
  }

  private void runWaiting() {
    List<Runnable> run = new ArrayList<>(waiting);
    waiting.clear();
    run.forEach(Runnable::run);
  }
}
