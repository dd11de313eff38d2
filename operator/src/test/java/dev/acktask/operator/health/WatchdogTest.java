package dev.acktask.operator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.acktask.operator.kubernetes.ApiServerFailure;
import dev.acktask.operator.metrics.OperatorMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
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
  private Map<String, String> cachedWithoutLost = Map.of();
  private int pages = 1;
  private Runnable onPage = () -> {};
  private Duration readTakes = Duration.ZERO;
  private @Nullable Map<String, String> onServer = Map.of("a", "1");
  private @Nullable Map<String, String> cached = Map.of("a", "1");
  private final ReconcileTracker reconciles =
      new ReconcileTracker(2, Duration.ofSeconds(10), () -> now, OperatorMetrics.NONE);
  private final Watchdog watchdog =
      new Watchdog(
          INTERVAL,
          reconciles,
          new WatchHealth(
              INTERVAL,
              new Server(),
              except -> except.isEmpty() ? Objects.requireNonNull(cached) : cachedWithoutLost,
              state -> comparisons++,
              () -> authoritiesChanged,
              () -> now),
          () -> now,
          () -> exits++);

  @Test
  void shouldBeAliveWhenNothingIsMissing() {
    runChecks(10);
    assertInstanceOf(Health.Alive.class, watchdog.health());
    assertEquals(0, exits);
  }

  @Test
  @Tag("F92")
  void shouldExitWithinTwoMinutesWhenTheWatchIsDead() {
    onServer = Map.of("a", "1", "b", "2");
    runChecks(2);
    assertEquals(0, exits);
    runChecks(1);
    assertEquals(1, exits);
    assertInstanceOf(Health.Dead.class, watchdog.health());
  }

  @Test
  @Tag("F92")
  void shouldExitWhenAScheduledReconcileIsLost() {
    reconciles.started("a");
    reconciles.finished("a", Optional.of(Duration.ZERO));
    runChecks(2);
    assertEquals(0, exits);
    runChecks(1);
    assertEquals(1, exits);
  }

  @Test
  @Tag("F75")
  void shouldNotExitWhenTheApiServerIsUnreachable() {
    onServer = Map.of("a", "1", "b", "2");
    runChecks(2);
    onServer = null;
    runChecks(10);
    onServer = Map.of("a", "1", "b", "2");
    runChecks(2);
    assertEquals(0, exits, "the watch had no time to reconnect");
    cached = onServer;
    runChecks(10);
    assertEquals(0, exits);
  }

  @Test
  @Tag("F82")
  void shouldNotExitWhenTheProcessWasSuspended() {
    reconciles.started("a");
    reconciles.finished("a", Optional.of(Duration.ofSeconds(15)));
    onServer = Map.of("a", "1", "b", "2");
    runChecks(1);
    now += Duration.ofHours(1).toNanos();
    runChecks(1);
    reconciles.started("a");
    reconciles.finished("a", Optional.empty());
    cached = Map.of("a", "1", "b", "2");
    runChecks(5);
    assertEquals(0, exits);
  }

  @Test
  void shouldCheckAgainWhenACheckFails() {
    onServer = Map.of("a", "1", "b", "2");
    cached = null;
    runChecks(5);
    assertEquals(0, exits);
    cached = Map.of("a", "1");
    runChecks(3);
    assertEquals(1, exits);
  }

  @Test
  void shouldCompareAtEachCheckWhenComparisonsAreFast() {
    readTakes = Duration.ofMillis(500);
    runChecks(20);
    assertEquals(20, reads);
  }

  @Test
  void shouldPauseThirtyTimesAsLongAsASlowComparison() {
    knowMany();
    readTakes = Duration.ofSeconds(4);
    runChecks(20); // of 30 s each: one comparison in two minutes
    assertEquals(5, reads);
  }

  @Test
  @Tag("F92")
  void shouldExitAfterTwoSlowComparisonsWhenTheWatchIsDead() {
    readTakes = Duration.ofSeconds(4);
    knowMany();
    onServer = Map.copyOf(with(Objects.requireNonNull(onServer), "b", "2"));
    runChecks(4);
    assertEquals(0, exits);
    runChecks(1);
    assertEquals(1, exits);
  }

  @Test
  void shouldCompareAgainAfterTenMinutesHoweverLongTheLastOneTook() {
    knowMany();
    readTakes = Duration.ofMinutes(5);
    runChecks(1);
    readTakes = Duration.ZERO;
    runChecks(20);
    assertEquals(2, reads);
  }

  /** The watch often dies with the API server; a slow API server must not delay its detection. */
  @Test
  @Tag("F75")
  void shouldCompareAtTheNextCheckWhenTheApiServerTimedOut() {
    onServer = null;
    readTakes = Duration.ofSeconds(10);
    runChecks(1);
    readTakes = Duration.ZERO;
    onServer = Map.of("a", "1", "b", "2");
    runChecks(3);
    assertEquals(4, reads);
    assertEquals(1, exits);
  }

  /** The API server was starting and listed one object. */
  @Test
  @Tag("F75")
  void shouldCompareAtTheNextCheckWhenASlowResponseListedFewObjects() {
    readTakes = Duration.ofSeconds(9);
    runChecks(1);
    readTakes = Duration.ZERO;
    onServer = Map.of("a", "0");
    runChecks(3);
    assertEquals(4, reads);
    assertEquals(1, exits);
  }

  @Test
  @Tag("F92")
  void shouldDetectALostReconcileWhileComparisonsArePaused() {
    knowMany();
    readTakes = Duration.ofMinutes(1).minusMillis(1);
    runChecks(1);
    reconciles.started("a");
    reconciles.finished("a", Optional.of(Duration.ZERO));
    runChecks(3);
    assertEquals(1, reads);
    assertEquals(1, exits);
  }

  @Test
  void shouldBeDeadWhenItHasNotRunForThreeIntervals() {
    runChecks(1);
    now += INTERVAL.multipliedBy(3).toNanos();
    assertInstanceOf(Health.Alive.class, watchdog.health());
    now += 1;
    assertEquals(
        "the watchdog has not run for 90 s",
        assertInstanceOf(Health.Dead.class, watchdog.health()).reason());
    runChecks(1);
    assertInstanceOf(Health.Alive.class, watchdog.health());
    assertEquals(0, exits);
  }

  @Test
  void shouldBeDeadWhenItHasNeverRun() {
    now += INTERVAL.multipliedBy(4).toNanos();
    assertInstanceOf(Health.Dead.class, watchdog.health());
  }

  @Test
  void shouldBeAliveWhileAComparisonOfManyPagesGoesOn() {
    onPage = () -> assertInstanceOf(Health.Alive.class, watchdog.health());
    readTakes = INTERVAL.multipliedBy(2);
    pages = 5;
    runChecks(1);
    assertEquals(0, exits);
    assertInstanceOf(Health.Alive.class, watchdog.health());
  }

  @Test
  @Tag("F86")
  void shouldExitWhenACheckThrowsAnError() {
    onPage =
        () -> {
          throw new StackOverflowError();
        };
    runChecks(1);
    assertEquals(1, exits);
  }

  @Test
  void shouldExitWhenTheApiServerIsNotTrustedAndTheAuthoritiesHaveChanged() {
    onServer = null;
    failure = ApiServerFailure.Kind.UNTRUSTED;
    runChecks(5);
    assertEquals(0, exits);
    authoritiesChanged = true;
    runChecks(1);
    assertEquals(1, exits);
    assertEquals(6, comparisons);
  }

  @Test
  void shouldExitWhenTheApiServerIsNotTrustedForTenComparisons() {
    onServer = null;
    failure = ApiServerFailure.Kind.UNTRUSTED;
    runChecks(9);
    assertEquals(0, exits);
    runChecks(1);
    assertEquals(1, exits);
  }

  @Test
  void shouldNotExitWhenUnreachableEvenIfTheAuthoritiesHaveChanged() {
    onServer = null;
    authoritiesChanged = true;
    runChecks(100);
    assertEquals(0, exits);
  }

  @Test
  void shouldCountOnlyComparisonsInARowAsNotTrusted() {
    failure = ApiServerFailure.Kind.UNTRUSTED;
    for (int i = 0; i < 5; i++) {
      onServer = null;
      runChecks(9);
      onServer = Map.of("a", "1");
      runChecks(1);
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
      runChecks(1);
      watchdog.probeWatch();
      assertEquals(0, lines.list.size(), "it may be on its way");
      for (int i = 0; i < 3; i++) {
        now += Duration.ofSeconds(5).toNanos();
        watchdog.probeWatch();
      }
      assertEquals(1, lines.list.size());
      assertTrue(
          lines.list.get(0).getFormattedMessage().contains("check that proxies"),
          lines.list::toString);
      cached = onServer;
      watchdog.probeWatch();
      runChecks(1);
      watchdog.probeWatch();
      assertEquals(1, lines.list.size());
    } finally {
      logger.detachAppender(lines);
    }
  }

  /** The objects of a namespace that cannot be listed are not missing at the API server. */
  @Test
  @Tag("F71")
  void shouldCompareTheOtherNamespacesWhenOneCannotBeListed() {
    failure = ApiServerFailure.Kind.FORBIDDEN;
    lost = Set.of("lost");
    cached = Map.of("a", "1", "of-lost", "5");
    cachedWithoutLost = Map.of("a", "1");
    runChecks(10);
    assertEquals(0, exits);
    onServer = Map.of("a", "2");
    runChecks(3);
    assertEquals(1, exits);
  }

  /** One response may take longer than three short intervals. */
  @Test
  void shouldBeAliveWhileItWaitsForASlowApiServerHoweverShortTheIntervalIs() {
    Duration second = Duration.ofSeconds(1);
    Watchdog quick =
        new Watchdog(
            second,
            reconciles,
            new WatchHealth(
                second,
                new Server(),
                except -> Map.of("a", "1"),
                state -> comparisons++,
                () -> authoritiesChanged,
                () -> now),
            () -> now,
            () -> exits++);

    now += ANSWER.multipliedBy(2).plus(second).toNanos();
    assertInstanceOf(Health.Alive.class, quick.health());
    now++;
    assertInstanceOf(Health.Dead.class, quick.health());
  }

  /** Enough objects that the pause after a comparison may exceed ten minutes. */
  private void knowMany() {
    Map<String, String> many = new HashMap<>(Map.of("a", "1"));
    for (int i = 0; i < 60_000; i++) {
      many.put("object-" + i, "1");
    }
    onServer = Map.copyOf(many);
    cached = onServer;
  }

  private static Map<String, String> with(Map<String, String> all, String uid, String version) {
    Map<String, String> more = new HashMap<>(all);
    more.put(uid, version);
    return more;
  }

  /** A server whose changes only a list can find. */
  private final class Server implements ResourceVersions {
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

  private ResourceVersions.State read(Runnable progress) {
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
        ? new ResourceVersions.State(Map.of(), failures)
        : new ResourceVersions.State(Map.of("team", onServer), failures);
  }

  private void runChecks(int count) {
    for (int i = 0; i < count; i++) {
      now += INTERVAL.toNanos();
      watchdog.check();
    }
  }
}
