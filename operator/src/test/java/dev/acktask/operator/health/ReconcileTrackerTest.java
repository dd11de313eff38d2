package dev.acktask.operator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ReconcileTrackerTest {
  private long now;
  private final ReconcileTracker reconciles = new ReconcileTracker(() -> now);

  @Test
  @Tag("F92")
  void shouldBeDeadWhenAReconcileDoesNotEnd() {
    reconciles.started("a");
    pass(85);
    assertInstanceOf(Health.Alive.class, reconciles.check());
    pass(1);
    Health.Dead dead = assertInstanceOf(Health.Dead.class, reconciles.check());
    assertEquals("a reconcile has been running for 86 s", dead.reason());
  }

  @Test
  void shouldBeAliveWhenReconcilesEnd() {
    for (int i = 0; i < 20; i++) {
      reconciles.started("a");
      pass(16);
      reconciles.finished("a");
      pass(3600);
      assertInstanceOf(Health.Alive.class, reconciles.check());
    }
  }

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }
}
