package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RequestBudgetTest {
  private long now = Long.MAX_VALUE - 5_000_000_000L; // overflows during the test, as nanoTime may
  private final RequestBudget budget = new RequestBudget(60, 3, () -> now);

  @Test
  void shouldGrantABurstAndThenAnEvenPace() {
    assertEquals(List.of(0L, 0L, 0L, 1L, 2L, 3L), reserve(6));
  }

  @Test
  void shouldKeepReservationsInTheirOrder() {
    reserve(3);
    Duration first = budget.reserve();
    pass(Duration.ofMillis(500));
    Duration second = budget.reserve();
    assertTrue(second.plusMillis(500).compareTo(first) > 0);
    assertEquals(Duration.ofMillis(1500), second);
  }

  @Test
  void shouldRefillUpToTheBurstWhileIdle() {
    reserve(6);
    pass(Duration.ofHours(1));
    assertEquals(List.of(0L, 0L, 0L, 1L), reserve(4));
  }

  @Test
  @Tag("F40")
  void shouldStopAllRequestsDuringAPause() {
    budget.pause(Duration.ofSeconds(10));
    assertEquals(Duration.ofSeconds(10), budget.remainingPause());
    assertEquals(List.of(10L, 10L, 10L, 11L, 12L), reserve(5));
    pass(Duration.ofSeconds(10));
    assertEquals(Duration.ZERO, budget.remainingPause());
  }

  @Test
  @Tag("F40")
  void shouldNotShortenAPause() {
    budget.pause(Duration.ofSeconds(10));
    budget.pause(Duration.ofSeconds(1));
    assertEquals(Duration.ofSeconds(10), budget.remainingPause());
  }

  @Test
  @Tag("F99")
  void shouldNeverGrantMoreThanTheBudgetOverAnyTime() {
    long granted = 0;
    for (int second = 0; second < 600; second++) {
      while (budget.reserve().isZero()) {
        granted++;
      }
      pass(Duration.ofSeconds(5));
    }
    assertTrue(granted <= 600 * 5 + 3, () -> "more than the budget");
  }

  private List<Long> reserve(int times) {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      waits.add(budget.reserve().toSeconds());
    }
    return waits;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
