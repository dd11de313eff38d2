package dev.acktask.operator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Time between two comparisons of the cache with the API server. */
final class WatchdogPaceTest extends WatchdogTestCase {
  @Test
  void shouldCompareAtEachCheckWhenComparisonsAreFast() {
    pageDuration = Duration.ofMillis(500);
    runChecks(20);
    assertEquals(20, reads);
  }

  @Test
  void shouldPauseThirtyTimesAsLongAsASlowComparison() {
    cacheManyObjects();
    pageDuration = Duration.ofSeconds(4);
    runChecks(20); // of 30 s each: one comparison in two minutes
    assertEquals(5, reads);
  }

  @Test
  @Tag("F92")
  void shouldExitAfterTwoSlowComparisonsWhenTheWatchIsDead() {
    // given
    pageDuration = Duration.ofSeconds(4);
    cacheManyObjects();
    onServer = Map.copyOf(with(Objects.requireNonNull(onServer), "b", "2"));

    // when
    runChecks(4);

    // then
    assertEquals(0, exits);

    // when
    runChecks(1);

    // then
    assertEquals(1, exits);
  }

  @Test
  void shouldCompareAgainAfterTenMinutesHoweverLongTheLastOneTook() {
    cacheManyObjects();
    pageDuration = Duration.ofMinutes(5);
    runChecks(1);
    pageDuration = Duration.ZERO;
    runChecks(20);
    assertEquals(2, reads);
  }

  /** The watch often dies with the API server; a slow API server must not delay its detection. */
  @Test
  @Tag("F75")
  void shouldCompareAtTheNextCheckWhenTheApiServerTimedOut() {
    // given
    onServer = null;
    pageDuration = Duration.ofSeconds(10);
    runChecks(1);

    // when
    pageDuration = Duration.ZERO;
    onServer = Map.of("a", "1", "b", "2");
    runChecks(3);

    // then
    assertEquals(4, reads);
    assertEquals(1, exits);
  }

  /** The API server was starting and listed one object. */
  @Test
  @Tag("F75")
  void shouldCompareAtTheNextCheckWhenASlowResponseListedFewObjects() {
    // given
    pageDuration = Duration.ofSeconds(9);
    runChecks(1);

    // when
    pageDuration = Duration.ZERO;
    onServer = Map.of("a", "0");
    runChecks(3);

    // then
    assertEquals(4, reads);
    assertEquals(1, exits);
  }

  @Test
  @Tag("F92")
  void shouldDetectAStoppedPollerWhileComparisonsArePaused() {
    // given
    cacheManyObjects();
    pageDuration = Duration.ofMinutes(1).minusMillis(1);
    runChecks(1);

    // when
    polls = new Health.Dead("the poller has not run for 81 s");
    runChecks(1);

    // then
    assertEquals(1, reads);
    assertEquals(1, exits);
  }

  /** Enough objects that the pause after a comparison may exceed ten minutes. */
  private void cacheManyObjects() {
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
}
