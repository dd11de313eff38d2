package dev.acktask.operator.liveness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VisitsTest {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final Set<String> LIVING = Set.of("a", "b", "c");

  private long now;
  private final Visits visits = new Visits(2, CALL_TIMEOUT, () -> now);

  @Test
  void shouldBeAliveWhenPromisesAreKept() {
    for (int i = 0; i < 20; i++) {
      visits.began("a");
      pass(1);
      visits.ended("a", Optional.of(Duration.ofSeconds(15)));
      pass(16);
      assertAlive();
    }
  }

  @Test
  void f92ShouldBeDeadWhenAPollIsOverdueWhileWorkersAreIdle() {
    visit("a", Optional.of(Duration.ofSeconds(15)));
    pass(15 + 80);
    assertAlive();
    pass(1);
    assertEquals("a visit is overdue by 81 s while workers are idle", assertDead());
  }

  @Test
  void f92ShouldBeDeadWhenOneVisitIsForgottenAmongMany() {
    visit("a", Optional.of(Duration.ofSeconds(1)));
    for (int i = 0; i < 82; i++) {
      visit("b", Optional.of(Duration.ofSeconds(1)));
      pass(1);
    }
    assertDead();
  }

  @Test
  void f92ShouldBeDeadWhenAVisitDoesNotEnd() {
    visits.began("a");
    pass(85);
    assertAlive();
    pass(1);
    assertEquals("a worker has been busy with one visit for 86 s", assertDead());
  }

  @Test
  void f88ShouldBeAliveWhenObjectsWaitForBusyWorkers() {
    visit("a", Optional.of(Duration.ofSeconds(1)));
    for (int i = 0; i < 60; i++) {
      visits.began("b");
      visits.began("c");
      pass(10);
      visits.ended("b", Optional.of(Duration.ofMinutes(5)));
      visits.ended("c", Optional.of(Duration.ofMinutes(5)));
      assertAlive();
    }
  }

  @Test
  void shouldBeAliveWhenAnObjectWithAPromiseIsDeleted() {
    visit("deleted", Optional.of(Duration.ofSeconds(15)));
    pass(3600);
    assertAlive();
  }

  @Test
  void shouldBeAliveWhenOnlyAnEditIsAReasonToComeAgain() {
    visit("a", Optional.of(Duration.ofSeconds(15)));
    pass(15);
    visit("a", Optional.empty());
    pass(3600);
    assertAlive();
  }

  private void visit(String uid, Optional<Duration> next) {
    visits.began(uid);
    visits.ended(uid, next);
  }

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private void assertAlive() {
    Liveness liveness = visits.check(LIVING);
    assertTrue(liveness instanceof Liveness.Alive, liveness::toString);
  }

  private String assertDead() {
    return assertInstanceOf(Liveness.Dead.class, visits.check(LIVING)).reason();
  }
}
