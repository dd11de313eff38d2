package dev.acktask.operator.liveness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import dev.acktask.operator.liveness.ServerVersions.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WatchComparisonTest {
  private long now;
  private final WatchComparison watch = new WatchComparison(Duration.ofSeconds(60), () -> now);

  @Test
  void shouldBeAliveWhenBothAreEqual() {
    assertAlive(Map.of("a", "9"), Map.of("a", "9"));
    assertAlive(Map.of("a", "9"), Map.of("a", "9"));
    assertAlive(Map.of("a", "9"), Map.of("a", "9"));
  }

  @Test
  void f74ShouldBeDeadWhenANewObjectStaysUnknown() {
    assertAlive(Map.of("a", "1", "b", "2"), Map.of("a", "1"));
    assertAlive(Map.of("a", "1", "b", "2"), Map.of("a", "1"));
    assertEquals(
        "the watch is dead: for 60 s it has not delivered changes; objects=1",
        dead(Map.of("a", "1", "b", "2"), Map.of("a", "1")));
  }

  @Test
  void f74ShouldBeDeadWhenAnEditStaysUnknown() {
    assertAlive(Map.of("a", "10"), Map.of("a", "9"));
    assertAlive(Map.of("a", "10"), Map.of("a", "9"));
    dead(Map.of("a", "10"), Map.of("a", "9"));
  }

  @Test
  void f74ShouldBeDeadWhenADeletionStaysUnknown() {
    assertAlive(Map.of(), Map.of("a", "9"));
    assertAlive(Map.of(), Map.of("a", "9"));
    dead(Map.of(), Map.of("a", "9"));
  }

  @Test
  void f74ShouldBeDeadWhenAnObjectIsEditedAllTheTimeAndNothingArrives() {
    assertAlive(Map.of("a", "10"), Map.of("a", "9"));
    assertAlive(Map.of("a", "20"), Map.of("a", "9"));
    dead(Map.of("a", "30"), Map.of("a", "9"));
  }

  @Test
  void shouldBeAliveWhenAnObjectIsEditedAllTheTimeAndArrivesLate() {
    for (int version = 1; version < 200; version++) {
      assertAlive(Map.of("a", "" + (version + 1)), Map.of("a", "" + version));
    }
  }

  @Test
  void shouldBeAliveWhenTheWatchIsAheadOfTheList() {
    for (int look = 0; look < 5; look++) {
      assertAlive(Map.of("a", "9" + look), Map.of("a", "9" + (look + 1), "new-" + look, "99"));
    }
  }

  @Test
  void f72ShouldBeAliveWhenAWatchThatBreaksAgainAndAgainDelivers() {
    for (int look = 0; look < 10; look++) {
      assertAlive(Map.of("new-" + look, "9"), look == 0 ? Map.of() : Map.of("new-" + look, "9"));
      assertAlive(Map.of("new-" + (look + 1), "9"), Map.of("new-" + look, "9"));
    }
  }

  @Test
  void shouldBeDeadWhenTheApiServerStaysBehindAfterARestoreFromABackup() {
    assertAlive(Map.of("a", "900"), Map.of("a", "1050"));
    assertAlive(Map.of("a", "900"), Map.of("a", "1050"));
    assertEquals(
        "the API server has older objects than the cache, was etcd restored?; objects=1",
        dead(Map.of("a", "900"), Map.of("a", "1050")));
  }

  @Test
  void shouldBeDeadAfterARestoreWhenTheObjectIsEditedMeanwhile() {
    assertAlive(Map.of("a", "900"), Map.of("a", "1050"));
    assertAlive(Map.of("a", "1010"), Map.of("a", "1050"));
    dead(Map.of("a", "1049"), Map.of("a", "1050"));
  }

  /** Edits pass the version of the cache, but the watch starts at a version not reached yet. */
  @Test
  void shouldBeDeadAfterARestoreWhenAnEditOvertakesTheCache() {
    assertAlive(Map.of("a", "900"), Map.of("a", "1050"));
    assertAlive(Map.of("a", "1060"), Map.of("a", "1050"));
    assertAlive(Map.of("a", "1070"), Map.of("a", "1050"));
    dead(Map.of("a", "1080"), Map.of("a", "1050"));
  }

  /** Each is a moment's difference, and comparisons rest longer than the patience. */
  @Test
  void shouldBeAliveWhenTheCacheIsAheadOnceAndBehindAtTheNextComparison() {
    assertAlive(Map.of("a", "10"), Map.of("a", "11"));
    now += Duration.ofSeconds(60).toNanos();
    assertAlive(Map.of("a", "12"), Map.of("a", "11"));
  }

  @Test
  void shouldBeDeadAfterARestoreOfABackupInWhichTheObjectIsMissing() {
    assertAlive(Map.of(), Map.of("a", "1050"));
    assertAlive(Map.of(), Map.of("a", "1050"));
    dead(Map.of(), Map.of("a", "1050"));
  }

  @Test
  void shouldBeAliveWhenTheCacheIsAheadOfEachListForAMoment() {
    for (int version = 1; version < 200; version++) {
      assertAlive(Map.of("a", "" + version), Map.of("a", "" + (version + 1)));
    }
  }

  @Test
  void shouldBeAliveWhenTheCacheWasReadAgainAfterARestore() {
    assertAlive(Map.of("a", "900"), Map.of("a", "1050"));
    assertAlive(Map.of("a", "900"), Map.of("a", "900"));
    assertAlive(Map.of("a", "900"), Map.of("a", "900"));
  }

  @Test
  void shouldStartAnewAfterForgetting() {
    assertAlive(Map.of("a", "9"), Map.of());
    assertAlive(Map.of("a", "9"), Map.of());
    watch.forget();
    assertAlive(Map.of("a", "9"), Map.of());
    assertAlive(Map.of("a", "9"), Map.of());
    dead(Map.of("a", "9"), Map.of());
  }

  /** A listing that fails now and then does not give the watch its time again. */
  @Test
  void shouldRememberWhatIsMissingInANamespaceThatIsNotListed() {
    for (Map<String, String> here : List.of(Map.<String, String>of(), Map.of("b", "1"))) {
      watch.forget();
      List<Liveness> found = new ArrayList<>();
      for (boolean isListed : new boolean[] {true, false, true}) {
        found.add(compare(isListed, Map.of("b", "2"), here));
        now += Duration.ofSeconds(30).toNanos();
      }

      assertInstanceOf(Liveness.Alive.class, found.get(0));
      assertInstanceOf(Liveness.Alive.class, found.get(1));
      assertInstanceOf(Liveness.Dead.class, found.get(2));
    }
  }

  @Test
  void shouldRememberADeletionInANamespaceThatIsNotListed() {
    compare(true, Map.of(), Map.of("b", "1"));
    now += Duration.ofSeconds(30).toNanos();
    compare(false, Map.of(), Map.of("b", "1"));
    now += Duration.ofSeconds(30).toNanos();
    assertInstanceOf(Liveness.Dead.class, compare(true, Map.of(), Map.of("b", "1")));
  }

  @Test
  void shouldNotCountWhatIsMissingInANamespaceThatIsNotListed() {
    compare(true, Map.of("b", "2"), Map.of());
    now += Duration.ofHours(1).toNanos();
    assertInstanceOf(Liveness.Alive.class, compare(false, Map.of("b", "2"), Map.of()));
  }

  /** The namespace team-a is always listed, and never differs; team-b only if {@code isListed}. */
  private Liveness compare(
      boolean isListed, Map<String, String> onServer, Map<String, String> here) {
    Map<String, Map<String, String>> listed = new HashMap<>(Map.of("team-a", Map.of()));
    Map<String, ApiServerFailure> failures = new HashMap<>();
    if (isListed) {
      listed.put("team-b", onServer);
    } else {
      failures.put("team-b", new ApiServerFailure(ApiServerFailure.Kind.NO_ANSWER, ""));
    }
    return watch.compare(
        new State(listed, failures), except -> except.contains("team-b") ? Map.of() : here);
  }

  private void assertAlive(Map<String, String> onServer, Map<String, String> here) {
    Liveness liveness = compare(onServer, here);
    assertTrue(liveness instanceof Liveness.Alive, liveness::toString);
  }

  private String dead(Map<String, String> onServer, Map<String, String> here) {
    return assertInstanceOf(Liveness.Dead.class, compare(onServer, here)).reason();
  }

  private Liveness compare(Map<String, String> onServer, Map<String, String> here) {
    Liveness liveness =
        watch.compare(new State(Map.of("team", onServer), Map.of()), except -> here);
    now += Duration.ofSeconds(30).toNanos();
    return liveness;
  }
}
