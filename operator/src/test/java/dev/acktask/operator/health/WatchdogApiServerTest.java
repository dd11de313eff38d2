package dev.acktask.operator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reaction to an API server that cannot be reached, is not trusted, or refuses a list. */
final class WatchdogApiServerTest extends WatchdogTestCase {
  @Test
  @Tag("F75")
  void shouldNotExitWhenTheApiServerIsUnreachable() {
    // given
    onServer = Map.of("a", "1", "b", "2");
    runChecks(2);

    // when
    onServer = null;
    runChecks(10);
    onServer = Map.of("a", "1", "b", "2");
    runChecks(2);

    // then
    assertEquals(0, exits, "the watch had no time to reconnect");

    // when
    cached = onServer;
    runChecks(10);

    // then
    assertEquals(0, exits);
  }

  @Test
  void shouldExitWhenTheApiServerIsNotTrustedAndTheAuthoritiesHaveChanged() {
    // given
    onServer = null;
    failure = ApiServerFailure.Kind.UNTRUSTED;

    // when
    runChecks(5);

    // then
    assertEquals(0, exits);

    // when
    authoritiesChanged = true;
    runChecks(1);

    // then
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

  /** The objects of a namespace that cannot be listed are not missing at the API server. */
  @Test
  @Tag("F71")
  void shouldCompareTheOtherNamespacesWhenOneCannotBeListed() {
    // given
    failure = ApiServerFailure.Kind.FORBIDDEN;
    unlisted = Set.of("lost");
    cached = Map.of("a", "1", "of-lost", "5");
    cachedWithoutUnlisted = Map.of("a", "1");

    // when
    runChecks(10);

    // then
    assertEquals(0, exits);

    // when
    onServer = Map.of("a", "2");
    runChecks(3);

    // then
    assertEquals(1, exits);
  }
}
