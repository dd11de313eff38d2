package dev.acktask.operator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class WatchdogTest extends WatchdogTestCase {
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
  void shouldExitWhenThePollerHasStopped() {
    runChecks(2);
    assertEquals(0, exits);
    polls = new Health.Dead("the poller has not run for 81 s");
    runChecks(1);
    assertEquals(1, exits);
  }

  @Test
  @Tag("F82")
  void shouldNotExitWhenTheProcessWasSuspended() {
    // given
    reconciles.started("a");
    reconciles.finished("a");
    onServer = Map.of("a", "1", "b", "2");
    runChecks(1);

    // when
    now += Duration.ofHours(1).toNanos();
    runChecks(1);
    reconciles.started("a");
    reconciles.finished("a");
    cached = Map.of("a", "1", "b", "2");
    runChecks(5);

    // then
    assertEquals(0, exits);
  }

  @Test
  void shouldCheckAgainWhenACheckFails() {
    // given
    onServer = Map.of("a", "1", "b", "2");
    cached = null;

    // when
    runChecks(5);

    // then
    assertEquals(0, exits);

    // when
    cached = Map.of("a", "1");
    runChecks(3);

    // then
    assertEquals(1, exits);
  }

  @Test
  void shouldBeDeadWhenItHasNotRunForThreeIntervals() {
    // given
    runChecks(1);

    // when
    now += INTERVAL.multipliedBy(3).toNanos();

    // then
    assertInstanceOf(Health.Alive.class, watchdog.health());

    // when
    now += 1;

    // then
    assertEquals(
        "the watchdog has not run for 90 s",
        assertInstanceOf(Health.Dead.class, watchdog.health()).reason());

    // when
    runChecks(1);

    // then
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
    pageDuration = INTERVAL.multipliedBy(2);
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
  void shouldLogOnceAndSoonThatTheWatchDeliversNothing() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(InformerCacheCheck.class);
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

  /** One response may take longer than three short intervals. */
  @Test
  void shouldBeAliveWhileItWaitsForASlowApiServerHoweverShortTheIntervalIs() {
    Duration second = Duration.ofSeconds(1);
    Watchdog quick =
        new Watchdog(
            second,
            List.of(reconciles),
            new InformerCacheCheck(
                second,
                new Server(),
                except -> Map.of("a", "1"),
                state -> comparisons++,
                () -> authoritiesChanged,
                () -> now),
            () -> now,
            () -> exits++);

    now += READ_TIMEOUT.multipliedBy(2).plus(second).toNanos();
    assertInstanceOf(Health.Alive.class, quick.health());
    now++;
    assertInstanceOf(Health.Dead.class, quick.health());
  }
}
