package dev.acktask.operator.backoff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ExponentialBackoffTest {
  private final ExponentialBackoff backoff =
      new ExponentialBackoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 0.5);

  @Test
  void shouldDoubleUpToTheMaximum() {
    assertEquals(Duration.ofSeconds(1), backoff.pause(0, 1));
    assertEquals(Duration.ofSeconds(2), backoff.pause(1, 1));
    assertEquals(Duration.ofSeconds(256), backoff.pause(8, 1));
    assertEquals(Duration.ofMinutes(5), backoff.pause(9, 1));
    assertEquals(Duration.ofMinutes(5), backoff.pause(Integer.MAX_VALUE, 1));
  }

  @Test
  void shouldShortenByAtMostTheJitter() {
    assertEquals(Duration.ofMillis(500), backoff.pause(0, 0));
    assertEquals(Duration.ofMillis(750), backoff.pause(0, 0.5));
    assertEquals(Duration.ofSeconds(90), backoff.jittered(Duration.ofMinutes(2), 0.5));
  }
}
