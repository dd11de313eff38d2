package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SweepTimingTest {
  private static final Duration POLLS = Duration.ofSeconds(15);

  @Test
  void shouldBeAsShortAsHalfOfTheBudgetAllows() {
    assertEquals(Duration.ofSeconds(10), timing(120).interval(10, POLLS));
  }

  @Test
  void shouldBeAtLeastFiveSeconds() {
    assertEquals(Duration.ofSeconds(5), timing(60_000).interval(10, POLLS));
    assertEquals(Duration.ofSeconds(5), timing(60_000).interval(10, Duration.ofSeconds(1)));
  }

  @Test
  void shouldBeAtMostThePollInterval() {
    assertEquals(POLLS, timing(60).interval(10_000, POLLS));
  }

  private static SweepTiming timing(int requestsPerMinute) {
    return new SweepTiming(
        Duration.ofMinutes(1).dividedBy(requestsPerMinute), Duration.ofSeconds(30));
  }
}
