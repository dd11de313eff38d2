package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.task.TaskLookup.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PollScheduleTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private final PollSchedule schedule =
      new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));
  private final Random random = new Random(20261123);

  @Test
  void shouldPollOncePerIntervalWithTenPercentJitter() {
    long sum = 0;
    for (int i = 0; i < 10_000; i++) {
      Duration wait = schedule.nextPoll(snapshot(i, null), now());
      assertBetween(Duration.ofMillis(13_500), wait, Duration.ofMillis(16_500));
      sum += wait.toMillis();
    }
    assertBetween(
        Duration.ofMillis(14_900), Duration.ofMillis(sum / 10_000), Duration.ofMillis(15_100));
  }

  @Test
  void shouldSpreadKnownTasksOverOneIntervalAfterARestart() {
    Set<Long> tenths = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      Duration wait = schedule.firstPoll(observed(i), NOW);
      assertBetween(Duration.ZERO, wait, Duration.ofSeconds(15));
      tenths.add(wait.toMillis() / 1_500);
    }
    assertEquals(10, tenths.size());
    assertEquals(Duration.ZERO, schedule.firstPoll(snapshot(1, null), NOW));
  }

  @Test
  @Tag("F99")
  void shouldBackOffForUpToTheAgeOfTheOutageAndFiveMinutes() {
    for (int i = 0; i < 10_000; i++) {
      Duration outage = Duration.ofSeconds(random.nextInt(100_000));
      Duration wait = schedule.backoff(snapshot(i, null), now(), now().minus(outage), null);
      Duration ceiling =
          outage.compareTo(Duration.ofMinutes(5)) < 0 ? outage : Duration.ofMinutes(5);
      Duration most =
          ceiling.compareTo(Duration.ofSeconds(15)) < 0 ? Duration.ofSeconds(15) : ceiling;
      assertBetween(Duration.ofMillis(13_500), wait, most.multipliedBy(11).dividedBy(10));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAUTHORIZED", "CREDENTIALS_MISSING", "CREDENTIALS_INVALID"})
  void shouldKeepTheIntervalWhenTheCredentialIsTheCause(Rejected.Refusal cause) {
    Rejected refused = new Rejected(cause, "m", null);
    for (int i = 0; i < 1_000; i++) {
      Duration wait =
          schedule.afterPoll(
              snapshot(i, null), refused, NOW.plusSeconds(i), NOW.minus(Duration.ofDays(1)));
      assertBetween(Duration.ofMillis(13_500), wait, Duration.ofMillis(16_500));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FORBIDDEN", "CLUSTER_NOT_ALLOWED"})
  void shouldBackOffWhenTheTaskMayNotBeRead(Rejected.Refusal cause) {
    Rejected refused = new Rejected(cause, "m", null);
    Instant since = NOW.minus(Duration.ofDays(1));
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 1_000; i++) {
      Duration wait = schedule.afterPoll(snapshot(i, null), refused, NOW.plusSeconds(i), since);
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }
    assertBetween(Duration.ofMinutes(4), longest, Duration.ofSeconds(330));
  }

  @Test
  @Tag("F40")
  void shouldNotPollBeforeTheRequestedPauseEnds() {
    for (int seconds : List.of(0, 1, 40, 300)) {
      Duration requested = Duration.ofSeconds(seconds);
      Duration wait = schedule.backoff(snapshot(seconds, null), NOW, NOW, requested);
      assertBetween(requested, wait, Duration.ofSeconds(Math.max(17, seconds * 11 / 10)));
    }
  }

  @Test
  @Tag("F85")
  void shouldTolerateAClockThatWasSetBack() {
    Duration wait = schedule.backoff(snapshot(1, null), NOW, NOW.plusSeconds(3_600), null);
    assertBetween(Duration.ofMillis(13_500), wait, Duration.ofMillis(16_500));
    assertTrue(schedule.notFound(snapshot(1, null), NOW, NOW.plusSeconds(3_600)).isPositive());
  }

  @Test
  void shouldPollAtTheEndOfTheGraceTime() {
    Instant since = NOW.minus(Duration.ofMinutes(5)).plusSeconds(9);
    assertEquals(Duration.ofSeconds(9), schedule.notFound(snapshot(1, null), NOW, since));
  }

  @ParameterizedTest
  @CsvSource({
    "1s,    5,     pollInterval is below the operator's minimum; polled every 5s.",
    "often, 15,    pollInterval is not a duration such as 15s or 1m30s; polled every 15s.",
    "2h,    7200,",
    "5s,    5,",
    ",      15,"
  })
  void shouldClampTheIntervalAndWarn(String requested, long seconds, String warning) {
    assertEquals(Duration.ofSeconds(seconds), schedule.interval(spec(requested)));
    assertEquals(warning, schedule.specWarning(spec(requested)));
  }

  @Test
  void shouldNotBackOffForLessThanALongInterval() {
    Duration wait = schedule.backoff(snapshot(1, "1h"), NOW, NOW.minusSeconds(9_000), null);
    assertBetween(Duration.ofMinutes(54), wait, Duration.ofMinutes(66));
  }

  private Instant now() {
    return NOW;
  }

  private static void assertBetween(Duration least, Duration actual, Duration most) {
    assertTrue(
        actual.compareTo(least) >= 0 && actual.compareTo(most) <= 0,
        () -> actual + " is not between " + least + " and " + most);
  }

  private static AckTaskSpec spec(String interval) {
    return AckTasks.spec().pollInterval(interval).build();
  }

  private static AckTaskSnapshot snapshot(int i, String interval) {
    return AckTaskSnapshot.builder("uid-" + i, spec(interval)).build();
  }

  private static AckTaskSnapshot observed(int i) {
    return snapshot(i, null).toBuilder()
        .status(AckTasks.pending().status())
        .operatorWroteStatus(true)
        .build();
  }
}
