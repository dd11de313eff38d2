package dev.acktask.operator.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RateLimiterTest {
  private long now = Long.MAX_VALUE - 2_000_000_000L; // overflows during the test, as nanoTime may
  private final RateLimiter limiter = new RateLimiter(Duration.ofSeconds(1), 3, () -> now);

  @Test
  void shouldGrantABurstAndThenAnEvenPace() {
    assertEquals(3, acquire());
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofSeconds(1));
      assertEquals(1, acquire());
    }
  }

  @Test
  void shouldReturnTheWaitForTheNextPermit() {
    acquire();
    pass(Duration.ofMillis(300));

    assertEquals(Duration.ofMillis(700), limiter.tryAcquire());
    assertEquals(Duration.ofMillis(700), limiter.tryAcquire());
  }

  @Test
  void shouldRefillUpToTheBurst() {
    acquire();
    pass(Duration.ofHours(1));

    assertEquals(3, acquire());
  }

  /** Takes all permits that are granted now. */
  private int acquire() {
    int granted = 0;
    while (limiter.tryAcquire().isZero()) {
      granted++;
    }
    return granted;
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
