package dev.acktask.operator.liveness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.acktask.operator.kubernetes.ApiServerFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class WatchdogTest {
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private long now;
  private int exits;
  private int reads;
  private int comparisons;
  private boolean authoritiesChanged;
  private ApiServerFailure.Kind failure = ApiServerFailure.Kind.UNREACHABLE;
  private Set<String> lost = Set.of();
  private Map<String, String> hereWithoutLost = Map.of();
  private int pages = 1;
  private Runnable onPage = () -> {};
  private Duration readTakes = Duration.ZERO;
  private @Nullable Map<String, String> onServer = Map.of("a", "1");
  private @Nullable Map<String, String> here = Map.of("a", "1");
  private final Visits visits = new Visits(2, Duration.ofSeconds(10), () -> now);
  private final Watchdog watchdog =
      new Watchdog(
          INTERVAL,
          visits,
          new Server(),
          except -> except.isEmpty() ? Objects.requireNonNull(here) : hereWithoutLost,
          state -> comparisons++,
          () -> authoritiesChanged,
          () -> now,
          () -> exits++);

  @Test
  void shouldSayAliveWhenNothingIsMissing() {
    looks(10);
    assertInstanceOf(Liveness.Alive.class, watchdog.liveness());
    assertEquals(0, exits);
  }

  @Test
  void f92ShouldExitWithinTwoMinutesWhenTheWatchIsDead() {
    onServer = Map.of("a", "1", "b", "2");
    looks(2);
    assertEquals(0, exits);
    looks(1);
    assertEquals(1, exits);
    assertInstanceOf(Liveness.Dead.class, watchdog.liveness());
  }

  @Test
  void f92ShouldExitWhenAPollIsForgotten() {
    visits.began("a");
    visits.ended("a", Optional.of(Duration.ZERO));
    looks(2);
    assertEquals(0, exits);
    looks(1);
    assertEquals(1, exits);
  }

  @Test
  void f75ShouldNotExitWhenTheApiServerIsOutOfReach() {
    onServer = Map.of("a", "1", "b", "2");
    looks(2);
    onServer = null;
    looks(10);
    onServer = Map.of("a", "1", "b", "2");
    looks(2);
    assertEquals(0, exits, "the watch had no time to reconnect");
    here = onServer;
    looks(10);
    assertEquals(0, exits);
  }

  @Test
  void f82ShouldNotExitWhenTheProcessWasFrozen() {
    visits.began("a");
    visits.ended("a", Optional.of(Duration.ofSeconds(15)));
    onServer = Map.of("a", "1", "b", "2");
    looks(1);
    now += Duration.ofHours(1).toNanos();
    looks(1);
    visits.began("a");
    visits.ended("a", Optional.empty());
    here = Map.of("a", "1", "b", "2");
    looks(5);
    assertEquals(0, exits);
  }

  @Test
  void shouldLookAgainWhenALookFails() {
    onServer = Map.of("a", "1", "b", "2");
    here = null;
    looks(5);
    assertEquals(0, exits);
    here = Map.of("a", "1");
    looks(3);
    assertEquals(1, exits);
  }

  @Test
  void shouldCompareWithTheApiServerAtEachLookWhenThatIsQuick() {
    readTakes = Duration.ofMillis(500);
    looks(20);
    assertEquals(20, reads);
  }

  @Test
  void shouldRestThirtyTimesAsLongWhenAComparisonTakesLong() {
    knowMany();
    readTakes = Duration.ofSeconds(4);
    looks(20); // of 30 s each: one comparison in two minutes
    assertEquals(5, reads);
  }

  @Test
  void f92ShouldExitAfterTwoComparisonsWhenTheWatchIsDeadAndAComparisonTakesLong() {
    readTakes = Duration.ofSeconds(4);
    knowMany();
    onServer = Map.copyOf(with(Objects.requireNonNull(onServer), "b", "2"));
    looks(4);
    assertEquals(0, exits);
    looks(1);
    assertEquals(1, exits);
  }

  @Test
  void shouldCompareAgainAfterTenMinutesHoweverLongTheLastOneTook() {
    knowMany();
    readTakes = Duration.ofMinutes(5);
    looks(1);
    readTakes = Duration.ZERO;
    looks(20);
    assertEquals(2, reads);
  }

  /**
   * The watch often dies with the API server, and must not be believed for longer because of it.
   */
  @Test
  void f75ShouldCompareAtTheNextLookWhenTheApiServerTookLongAndDidNotAnswer() {
    onServer = null;
    readTakes = Duration.ofSeconds(10);
    looks(1);
    readTakes = Duration.ZERO;
    onServer = Map.of("a", "1", "b", "2");
    looks(3);
    assertEquals(4, reads);
    assertEquals(1, exits);
  }

  /** The answer came late because the API server was starting, and listed one object. */
  @Test
  void f75ShouldCompareAtTheNextLookWhenASlowAnswerListedFewObjects() {
    readTakes = Duration.ofSeconds(9);
    looks(1);
    readTakes = Duration.ZERO;
    onServer = Map.of("a", "0");
    looks(3);
    assertEquals(4, reads);
    assertEquals(1, exits);
  }

  @Test
  void f92ShouldNoticeAForgottenPollWhileTheComparisonRests() {
    knowMany();
    readTakes = Duration.ofMinutes(1).minusMillis(1);
    looks(1);
    visits.began("a");
    visits.ended("a", Optional.of(Duration.ZERO));
    looks(3);
    assertEquals(1, reads);
    assertEquals(1, exits);
  }

  @Test
  void shouldBeDeadWhenItHasNotRunForThreeIntervals() {
    looks(1);
    now += INTERVAL.multipliedBy(3).toNanos();
    assertInstanceOf(Liveness.Alive.class, watchdog.liveness());
    now += 1;
    assertEquals(
        "the watchdog has not run for 90 s",
        assertInstanceOf(Liveness.Dead.class, watchdog.liveness()).reason());
    looks(1);
    assertInstanceOf(Liveness.Alive.class, watchdog.liveness());
    assertEquals(0, exits);
  }

  @Test
  void shouldBeDeadWhenItHasNeverRun() {
    now += INTERVAL.multipliedBy(4).toNanos();
    assertInstanceOf(Liveness.Dead.class, watchdog.liveness());
  }

  @Test
  void shouldBeAliveWhileAComparisonOfManyPagesGoesOn() {
    onPage = () -> assertInstanceOf(Liveness.Alive.class, watchdog.liveness());
    readTakes = INTERVAL.multipliedBy(2);
    pages = 5;
    looks(1);
    assertEquals(0, exits);
    assertInstanceOf(Liveness.Alive.class, watchdog.liveness());
  }

  @Test
  void f86ShouldExitWhenALookEndsWithAnError() {
    onPage =
        () -> {
          throw new StackOverflowError();
        };
    looks(1);
    assertEquals(1, exits);
  }

  @Test
  void shouldExitWhenTheApiServerIsNotTrustedAndTheAuthoritiesHaveChanged() {
    onServer = null;
    failure = ApiServerFailure.Kind.UNTRUSTED;
    looks(5);
    assertEquals(0, exits);
    authoritiesChanged = true;
    looks(1);
    assertEquals(1, exits);
    assertEquals(6, comparisons);
  }

  @Test
  void shouldExitWhenTheApiServerIsNotTrustedForTenComparisons() {
    onServer = null;
    failure = ApiServerFailure.Kind.UNTRUSTED;
    looks(9);
    assertEquals(0, exits);
    looks(1);
    assertEquals(1, exits);
  }

  @Test
  void shouldNotExitWhenTheApiServerIsOutOfReachAndTheAuthoritiesHaveChanged() {
    onServer = null;
    authoritiesChanged = true;
    looks(100);
    assertEquals(0, exits);
  }

  @Test
  void shouldCountOnlyComparisonsInARowAsNotTrusted() {
    failure = ApiServerFailure.Kind.UNTRUSTED;
    for (int i = 0; i < 5; i++) {
      onServer = null;
      looks(9);
      onServer = Map.of("a", "1");
      looks(1);
    }
    assertEquals(0, exits);
  }

  @Test
  void shouldLogOnceAndSoonThatTheWatchDeliversNothing() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(WatchHealth.class);
    lines.start();
    logger.addAppender(lines);
    try {
      onServer = Map.of("a", "1", "b", "2");
      looks(1);
      watchdog.tick();
      assertEquals(0, lines.list.size(), "it may be on its way");
      for (int i = 0; i < 3; i++) {
        now += Duration.ofSeconds(5).toNanos();
        watchdog.tick();
      }
      assertEquals(1, lines.list.size());
      assertTrue(
          lines.list.get(0).getFormattedMessage().contains("check that proxies"),
          lines.list::toString);
      here = onServer;
      watchdog.tick();
      looks(1);
      watchdog.tick();
      assertEquals(1, lines.list.size());
    } finally {
      logger.detachAppender(lines);
    }
  }

  /** The objects of a namespace that cannot be listed are not missing at the API server. */
  @Test
  void f71ShouldCompareTheOtherNamespacesWhenOneCannotBeListed() {
    failure = ApiServerFailure.Kind.FORBIDDEN;
    lost = Set.of("lost");
    here = Map.of("a", "1", "of-lost", "5");
    hereWithoutLost = Map.of("a", "1");
    looks(10);
    assertEquals(0, exits);
    onServer = Map.of("a", "2");
    looks(3);
    assertEquals(1, exits);
  }

  /** An answer may take longer than three short intervals. */
  @Test
  void shouldBeAliveWhileItWaitsForASlowApiServerHoweverShortTheIntervalIs() {
    Duration second = Duration.ofSeconds(1);
    Watchdog quick =
        new Watchdog(
            second,
            visits,
            new Server(),
            except -> Map.of("a", "1"),
            state -> comparisons++,
            () -> authoritiesChanged,
            () -> now,
            () -> exits++);

    now += ANSWER.multipliedBy(2).plus(second).toNanos();
    assertInstanceOf(Liveness.Alive.class, quick.liveness());
    now++;
    assertInstanceOf(Liveness.Dead.class, quick.liveness());
  }

  /** So many objects that a comparison of them may rest for more than ten minutes. */
  private void knowMany() {
    Map<String, String> many = new HashMap<>(Map.of("a", "1"));
    for (int i = 0; i < 60_000; i++) {
      many.put("object-" + i, "1");
    }
    onServer = Map.copyOf(many);
    here = onServer;
  }

  private static Map<String, String> with(Map<String, String> all, String uid, String version) {
    Map<String, String> more = new HashMap<>(all);
    more.put(uid, version);
    return more;
  }

  /** A server of which nothing but a list tells anything. */
  private final class Server implements ServerVersions {
    @Override
    public State read(Runnable onPage) {
      return WatchdogTest.this.read(onPage);
    }

    @Override
    public boolean mayHaveChanged(Runnable onAnswer) {
      return true;
    }

    @Override
    public Duration timeout() {
      return ANSWER;
    }
  }

  private ServerVersions.State read(Runnable progress) {
    reads++;
    for (int page = 0; page < pages; page++) {
      now += readTakes.toNanos();
      progress.run();
      onPage.run();
    }
    Map<String, ApiServerFailure> failures = new HashMap<>();
    ApiServerFailure why = new ApiServerFailure(failure, "");
    (onServer == null ? Set.of("team") : lost).forEach(namespace -> failures.put(namespace, why));
    return onServer == null
        ? new ServerVersions.State(Map.of(), failures)
        : new ServerVersions.State(Map.of("team", onServer), failures);
  }

  private void looks(int count) {
    for (int i = 0; i < count; i++) {
      now += INTERVAL.toNanos();
      watchdog.look();
    }
  }
}
