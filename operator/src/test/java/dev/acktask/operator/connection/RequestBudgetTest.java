package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RequestBudgetTest {
  private long now = Long.MAX_VALUE - 5_000_000_000L; // overflows during the test, as nanoTime may
  private final RequestBudget budget = new RequestBudget(60, 3, () -> now);

  @Test
  void shouldGrantABurstAndThenAnEvenPace() {
    assertEquals(3, acquire());
    assertEquals(Duration.ofSeconds(1), budget.tryAcquire());
    pass(Duration.ofSeconds(1));
    assertEquals(1, acquire());
  }

  @Test
  void shouldReserveNothingWhenItGrantsNothing() {
    acquire();
    for (int i = 0; i < 100; i++) {
      assertEquals(Duration.ofSeconds(1), budget.tryAcquire());
    }
    pass(Duration.ofMillis(500));
    assertEquals(Duration.ofMillis(500), budget.tryAcquire());
  }

  @Test
  void shouldRefillUpToTheBurstWhileIdle() {
    acquire();
    pass(Duration.ofHours(1));
    assertEquals(3, acquire());
  }

  @Test
  @Tag("F40")
  void shouldStopAllRequestsDuringAPause() {
    budget.pause(Duration.ofSeconds(10));
    assertEquals(Duration.ofSeconds(10), budget.tryAcquire());
    pass(Duration.ofSeconds(10));
    assertEquals(3, acquire());
  }

  @Test
  @Tag("F40")
  void shouldNotShortenAPause() {
    budget.pause(Duration.ofSeconds(10));
    budget.pause(Duration.ofSeconds(1));
    assertEquals(Duration.ofSeconds(10), budget.tryAcquire());
  }

  @Test
  @Tag("F99")
  void shouldNeverGrantMoreThanTheBudgetOverAnyTime() {
    long granted = 0;
    for (int second = 0; second < 600; second++) {
      granted += acquire();
      pass(Duration.ofSeconds(5));
    }
    long total = granted;
    assertTrue(total <= 600 * 5 + 3, () -> total + " are more than the budget");
  }

  /** Takes all permits that are granted now. */
  private int acquire() {
    int granted = 0;
    while (budget.tryAcquire().isZero()) {
      granted++;
    }
    return granted;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
