package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes in the cloud, and lists with every oddity: whatever the lists say, each change is
 * polled in time and no call exceeds the budget.
 */
final class SweepModelTest extends TaskPollerTestCase {
  private static final int SEEDS = 5;
  private static final int TASKS = 60;
  private static final int PER_MINUTE = 1_200;
  private static final Duration RUN = Duration.ofMinutes(20);

  /** Waits for a slot, a permit and a page. */
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  enum Oddity {
    NONE(20),
    SHUFFLED(20),
    MANY_TRUE_CHANGES(20),
    FROZEN(4),
    FROZEN_TIMES(4),
    WITHOUT_TIMES(4),
    OTHER_TIMES(4),
    LATE(4),
    STALE(4),
    FAILING(4),
    FORBIDDEN_AT_TIMES(4),
    REPEATED(4),
    OVERLAPPING(4),
    CUT(4),
    WRONG_TOTAL(4),
    ENDLESS_TOKENS(4),
    LACKS_ALL(2),
    LACKS_SOME(4);

    private final int maxIntervals;

    Oddity(int maxIntervals) {
      this.maxIntervals = maxIntervals;
    }
  }

  /** A task of the cloud; a change gives it another version. */
  private static final class CloudTask {
    private int version;
    private String state = "running";
    private Instant updated = Instant.parse("2026-01-02T03:00:00Z");

    /** Time of the first change that no poll has found. */
    private Instant unobserved;
  }

  private final Map<String, CloudTask> tasks = new LinkedHashMap<>();
  private final List<Duration> delays = new ArrayList<>();
  private List<ListedTask> late = List.of();
  private Instant lateTime = Instant.MIN;

  static Stream<Arguments> runs() {
    return Stream.of(Oddity.values())
        .flatMap(
            oddity ->
                Stream.iterate(1, seed -> seed + 1)
                    .limit(SEEDS)
                    .map(seed -> Arguments.of(oddity, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("runs")
  void shouldPollEachChangeInTime(Oddity oddity, int seed) {
    // given
    Random random = new Random(seed);
    poller = poller(PER_MINUTE, Runnable::run, metrics);
    cloud.answer(this::details);
    lists.tasks((cluster, page) -> list(oddity, page, random));
    for (int i = 0; i < TASKS; i++) {
      tasks.put("T-" + i, new CloudTask());
      poller.onResourceCreated(task("o" + i, "T-" + i));
    }

    // when
    double changesPerSecond = oddity == Oddity.MANY_TRUE_CHANGES ? 0.5 : 0.05;
    Instant start = now;
    int calls = 0;
    while (now.isBefore(start.plus(RUN))) {
      if (random.nextDouble() < changesPerSecond) {
        change(random);
      }
      calls += runFor(Duration.ofSeconds(1));
    }

    // then
    Duration longest = delays.stream().max(Duration::compareTo).orElseThrow();
    Duration bound = INTERVAL.multipliedBy(oddity.maxIntervals).plus(TOLERANCE);
    assertTrue(longest.compareTo(bound) <= 0, longest + " until a change was polled");
    for (CloudTask each : tasks.values()) {
      Instant since = each.unobserved == null ? now : each.unobserved;
      assertTrue(Duration.between(since, now).compareTo(bound) <= 0, "a change is not polled");
    }
    assertTrue(calls <= PER_MINUTE * RUN.toMinutes() + PER_MINUTE / 60, calls + " calls");
    assertEquals(calls, cloud.calls.size() + lists.calls.size());
  }

  private int runFor(Duration time) {
    int calls = 0;
    Instant end = now.plus(time);
    while (now.isBefore(end)) {
      Duration wait = step();
      calls += wait.isZero() ? 1 : 0;
      Duration left = Duration.between(now, end);
      pass(wait.compareTo(left) < 0 ? wait : left);
    }
    return calls;
  }

  private void change(Random random) {
    CloudTask task = tasks.get("T-" + random.nextInt(TASKS));
    task.version++;
    task.state = random.nextBoolean() ? "running" : "paused";
    task.updated = now;
    task.unobserved = task.unobserved == null ? now : task.unobserved;
  }

  private TaskLookup details(TaskRef ref) {
    CloudTask task = tasks.get(ref.taskId());
    if (task.unobserved != null) {
      delays.add(Duration.between(task.unobserved, now));
      task.unobserved = null;
    }
    return new TaskLookup.Found(
        TaskInfo.builder(ref.taskId(), task.state)
            .clusterId("c1")
            .updated(task.updated.toString())
            .currentStage("stage " + task.version)
            .build(),
        null);
  }

  private Listing<ListedTask> list(Oddity oddity, PageRequest page, Random random) {
    List<ListedTask> all = entries(oddity, random);
    return switch (oddity) {
      case FAILING ->
          random.nextInt(3) == 0 ? new Listing.Failed<>(FakeLists.DOWN) : FakeLists.page(all, page);
      case FORBIDDEN_AT_TIMES ->
          random.nextInt(20) == 0
              ? new Listing.Failed<>(FakeLists.FORBIDDEN)
              : FakeLists.page(all, page);
      case REPEATED -> FakeLists.listed(all, page.number() + "");
      case OVERLAPPING -> FakeLists.listed(overlapping(all, page), page.number() > 5 ? null : "t");
      case CUT -> FakeLists.listed(all.subList(0, random.nextInt(TASKS)), null);
      case ENDLESS_TOKENS ->
          FakeLists.listed(List.of(all.get(page.number() % TASKS)), "t" + random.nextInt());
      default -> FakeLists.page(all, page);
    };
  }

  private List<ListedTask> overlapping(List<ListedTask> all, PageRequest page) {
    int from = Math.min(page.number() * 10 - 10, TASKS);
    return all.subList(from, Math.min(from + 20, TASKS));
  }

  private List<ListedTask> entries(Oddity oddity, Random random) {
    List<ListedTask> all = new ArrayList<>();
    tasks.forEach((id, task) -> all.add(entry(oddity, id, task)));
    switch (oddity) {
      case SHUFFLED -> Collections.shuffle(all, random);
      case LACKS_ALL -> all.clear();
      case LACKS_SOME -> all.removeIf(it -> random.nextInt(3) == 0);
      case LATE, STALE -> {
        Duration lag = oddity == Oddity.LATE ? Duration.ofSeconds(7) : Duration.ofMinutes(5);
        List<ListedTask> returned = late.isEmpty() ? List.copyOf(all) : late;
        if (lateTime.isBefore(now.minus(lag))) {
          late = List.copyOf(all);
          lateTime = now;
        }
        return returned;
      }
      default -> {
        // as it is
      }
    }
    return all;
  }

  private static ListedTask entry(Oddity oddity, String id, CloudTask task) {
    String created = "2026-01-02T03:00:00Z";
    return switch (oddity) {
      case FROZEN -> FakeLists.task(id, "running", created);
      case FROZEN_TIMES -> FakeLists.task(id, task.state, created);
      case WITHOUT_TIMES -> FakeLists.task(id, task.state, null);
      case OTHER_TIMES -> FakeLists.task(id, task.state, "revision " + task.version / 2);
      default -> FakeLists.task(id, task.state, task.updated.toString());
    };
  }
}
