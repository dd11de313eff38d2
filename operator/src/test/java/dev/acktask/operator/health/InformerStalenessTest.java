package dev.acktask.operator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.health.ResourceVersionReader.State;
import dev.acktask.operator.kubernetes.ApiServerFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class InformerStalenessTest {
  private long now;
  private final InformerStaleness watch =
      new InformerStaleness("AckTask", Duration.ofSeconds(60), () -> now);

  @Test
  void shouldBeAliveWhenBothAreEqual() {
    assertAlive(Map.of("a", "9"), Map.of("a", "9"));
    assertAlive(Map.of("a", "9"), Map.of("a", "9"));
    assertAlive(Map.of("a", "9"), Map.of("a", "9"));
  }

  @Test
  @Tag("F74")
  void shouldBeDeadWhenANewObjectStaysUnknown() {
    assertAlive(Map.of("a", "1", "b", "2"), Map.of("a", "1"));
    assertAlive(Map.of("a", "1", "b", "2"), Map.of("a", "1"));
    assertEquals(
        "the watch is dead: for 60 s it has not delivered changes; kind=AckTask, objects=1",
        dead(Map.of("a", "1", "b", "2"), Map.of("a", "1")));
  }

  @Test
  @Tag("F74")
  void shouldBeDeadWhenAnEditStaysUnknown() {
    assertAlive(Map.of("a", "10"), Map.of("a", "9"));
    assertAlive(Map.of("a", "10"), Map.of("a", "9"));
    dead(Map.of("a", "10"), Map.of("a", "9"));
  }

  @Test
  @Tag("F74")
  void shouldBeDeadWhenADeletionStaysUnknown() {
    assertAlive(Map.of(), Map.of("a", "9"));
    assertAlive(Map.of(), Map.of("a", "9"));
    dead(Map.of(), Map.of("a", "9"));
  }

  @Test
  @Tag("F74")
  void shouldBeDeadWhenAnObjectIsEditedAllTheTimeAndNothingArrives() {
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
    for (int round = 0; round < 5; round++) {
      assertAlive(Map.of("a", "9" + round), Map.of("a", "9" + (round + 1), "new-" + round, "99"));
    }
  }

  @Test
  @Tag("F72")
  void shouldBeAliveWhenAWatchThatBreaksAgainAndAgainDelivers() {
    for (int round = 0; round < 10; round++) {
      assertAlive(Map.of("new-" + round, "9"), round == 0 ? Map.of() : Map.of("new-" + round, "9"));
      assertAlive(Map.of("new-" + (round + 1), "9"), Map.of("new-" + round, "9"));
    }
  }

  @Test
  void shouldBeDeadWhenTheApiServerStaysBehindAfterARestoreFromABackup() {
    assertAlive(Map.of("a", "900"), Map.of("a", "1050"));
    assertAlive(Map.of("a", "900"), Map.of("a", "1050"));
    assertEquals(
        "the API server has older objects than the cache, was etcd restored?; kind=AckTask, objects=1",
        dead(Map.of("a", "900"), Map.of("a", "1050")));
  }

  @Test
  void shouldBeDeadAfterARestoreWhenTheObjectIsEditedMeanwhile() {
    assertAlive(Map.of("a", "900"), Map.of("a", "1050"));
    assertAlive(Map.of("a", "1010"), Map.of("a", "1050"));
    dead(Map.of("a", "1049"), Map.of("a", "1050"));
  }

  /** Edits overtake the version in the cache, but the watch starts at a version not reached yet. */
  @Test
  void shouldBeDeadAfterARestoreWhenAnEditOvertakesTheCache() {
    assertAlive(Map.of("a", "900"), Map.of("a", "1050"));
    assertAlive(Map.of("a", "1060"), Map.of("a", "1050"));
    assertAlive(Map.of("a", "1070"), Map.of("a", "1050"));
    dead(Map.of("a", "1080"), Map.of("a", "1050"));
  }

  /** Both differences are short, and the pause between the comparisons exceeds the limit. */
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
  void shouldStartAgainAfterReset() {
    assertAlive(Map.of("a", "9"), Map.of());
    assertAlive(Map.of("a", "9"), Map.of());
    watch.reset();
    assertAlive(Map.of("a", "9"), Map.of());
    assertAlive(Map.of("a", "9"), Map.of());
    dead(Map.of("a", "9"), Map.of());
  }

  /** A list that fails sometimes does not restart the time limit of the watch. */
  @Test
  void shouldRememberWhatIsMissingInANamespaceThatIsNotListed() {
    for (Map<String, String> cached : List.of(Map.<String, String>of(), Map.of("b", "1"))) {
      watch.reset();
      List<Health> found = new ArrayList<>();
      for (boolean isListed : new boolean[] {true, false, true}) {
        found.add(compare(isListed, Map.of("b", "2"), cached));
        now += Duration.ofSeconds(30).toNanos();
      }

      assertInstanceOf(Health.Alive.class, found.get(0));
      assertInstanceOf(Health.Alive.class, found.get(1));
      assertInstanceOf(Health.Dead.class, found.get(2));
    }
  }

  @Test
  void shouldRememberADeletionInANamespaceThatIsNotListed() {
    compare(true, Map.of(), Map.of("b", "1"));
    now += Duration.ofSeconds(30).toNanos();
    compare(false, Map.of(), Map.of("b", "1"));
    now += Duration.ofSeconds(30).toNanos();
    assertInstanceOf(Health.Dead.class, compare(true, Map.of(), Map.of("b", "1")));
  }

  @Test
  void shouldNotCountWhatIsMissingInANamespaceThatIsNotListed() {
    compare(true, Map.of("b", "2"), Map.of());
    now += Duration.ofHours(1).toNanos();
    assertInstanceOf(Health.Alive.class, compare(false, Map.of("b", "2"), Map.of()));
  }

  /** The namespace team-a is always listed, and never differs; team-b only if {@code isListed}. */
  private Health compare(
      boolean isListed, Map<String, String> onServer, Map<String, String> cached) {
    Map<String, Map<String, String>> listed = new HashMap<>(Map.of("team-a", Map.of()));
    Map<String, ApiServerFailure> failures = new HashMap<>();
    if (isListed) {
      listed.put("team-b", onServer);
    } else {
      failures.put("team-b", new ApiServerFailure(ApiServerFailure.Kind.NO_ANSWER, ""));
    }
    return watch.compare(
        new State(listed, failures), except -> except.contains("team-b") ? Map.of() : cached);
  }

  private void assertAlive(Map<String, String> onServer, Map<String, String> cached) {
    Health health = compare(onServer, cached);
    assertTrue(health instanceof Health.Alive, health::toString);
  }

  private String dead(Map<String, String> onServer, Map<String, String> cached) {
    return assertInstanceOf(Health.Dead.class, compare(onServer, cached)).reason();
  }

  private Health compare(Map<String, String> onServer, Map<String, String> cached) {
    Health health = watch.compare(new State(Map.of("team", onServer), Map.of()), except -> cached);
    now += Duration.ofSeconds(30).toNanos();
    return health;
  }
}
