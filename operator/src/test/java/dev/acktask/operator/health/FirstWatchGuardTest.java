package dev.acktask.operator.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FirstWatchGuardTest {
  private Duration unanswered = Duration.ZERO;
  private int exits;

  @Test
  void shouldExitOnlyWhenTheWatchIsNotAnsweredForAMinute() {
    // given
    FirstWatchGuard guard = new FirstWatchGuard(() -> unanswered, () -> exits++);

    // when
    unanswered = FirstWatchGuard.LIMIT;
    guard.check();

    // then
    assertEquals(0, exits);

    // when
    unanswered = FirstWatchGuard.LIMIT.plusNanos(1);
    guard.check();

    // then
    assertEquals(1, exits);
  }

  @Test
  void shouldCheckWhileTheStartLasts() {
    CountDownLatch exited = new CountDownLatch(1);
    FirstWatchGuard guard =
        new FirstWatchGuard(() -> FirstWatchGuard.LIMIT.plusNanos(1), exited::countDown);
    guard.guard(() -> assertTrue(awaited(exited)));
  }

  private static boolean awaited(CountDownLatch exited) {
    try {
      return exited.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
