package dev.acktask.operator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.metrics.OperatorMetrics;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ReconcileTrackerTest {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final Set<String> UIDS = Set.of("a", "b", "c");

  private long now;
  private final ReconcileTracker reconciles =
      new ReconcileTracker(2, CALL_TIMEOUT, () -> now, OperatorMetrics.NONE);

  @Test
  void shouldBeAliveWhenScheduledReconcilesStart() {
    for (int i = 0; i < 20; i++) {
      reconciles.started("a");
      pass(1);
      reconciles.finished("a", Optional.of(Duration.ofSeconds(15)));
      pass(16);
      assertAlive();
    }
  }

  @Test
  @Tag("F92")
  void shouldBeDeadWhenAPollIsOverdueWhileWorkersAreIdle() {
    reconcile("a", Optional.of(Duration.ofSeconds(15)));
    pass(15 + 80);
    assertAlive();
    pass(1);
    assertEquals("a reconcile is overdue by 81 s while workers are idle", assertDead());
  }

  @Test
  @Tag("F92")
  void shouldBeDeadWhenOneScheduledReconcileIsLostAmongMany() {
    reconcile("a", Optional.of(Duration.ofSeconds(1)));
    for (int i = 0; i < 82; i++) {
      reconcile("b", Optional.of(Duration.ofSeconds(1)));
      pass(1);
    }
    assertDead();
  }

  @Test
  @Tag("F92")
  void shouldBeDeadWhenAReconcileDoesNotEnd() {
    reconciles.started("a");
    pass(85);
    assertAlive();
    pass(1);
    assertEquals("a reconcile has been running for 86 s", assertDead());
  }

  @Test
  @Tag("F88")
  void shouldBeAliveWhenObjectsWaitForBusyWorkers() {
    reconcile("a", Optional.of(Duration.ofSeconds(1)));
    for (int i = 0; i < 60; i++) {
      reconciles.started("b");
      reconciles.started("c");
      pass(10);
      reconciles.finished("b", Optional.of(Duration.ofMinutes(5)));
      reconciles.finished("c", Optional.of(Duration.ofMinutes(5)));
      assertAlive();
    }
  }

  @Test
  void shouldBeAliveWhenAnObjectWithAScheduledReconcileIsDeleted() {
    reconcile("deleted", Optional.of(Duration.ofSeconds(15)));
    pass(3600);
    assertAlive();
  }

  @Test
  void shouldBeAliveWhenNoReconcileIsScheduled() {
    reconcile("a", Optional.of(Duration.ofSeconds(15)));
    pass(15);
    reconcile("a", Optional.empty());
    pass(3600);
    assertAlive();
  }

  private void reconcile(String uid, Optional<Duration> next) {
    reconciles.started(uid);
    reconciles.finished(uid, next);
  }

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private void assertAlive() {
    Health health = reconciles.check(UIDS);
    assertTrue(health instanceof Health.Alive, health::toString);
  }

  private String assertDead() {
    return assertInstanceOf(Health.Dead.class, reconciles.check(UIDS)).reason();
  }
}
