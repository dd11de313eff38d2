package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class AgendaTest {
  private long now;
  private final Agenda agenda = new Agenda(() -> now);

  @Test
  void shouldKnowWhenAnObjectIsDue() {
    assertTrue(agenda.isUnknown("a"));
    agenda.recordPoll("a", Duration.ofSeconds(15), "t", null);
    assertEquals(Duration.ofSeconds(15), agenda.untilDue("a"));
    now += Duration.ofMillis(14_960).toNanos();
    assertEquals(Duration.ZERO, agenda.untilDue("a"), "timers fire a little early");
  }

  @Test
  void shouldKeepAReservationUntilItIsUsed() {
    agenda.reserve("a", Duration.ofSeconds(1));
    assertTrue(agenda.isReserved("a"));
    agenda.recordPoll("a", Duration.ofSeconds(15), "t", null);
    assertFalse(agenda.isReserved("a"));
  }

  @Test
  void shouldCountFailuresUntilAPollIsRecorded() {
    assertEquals(1, agenda.recordFailure("a", Duration.ofSeconds(1)));
    assertEquals(2, agenda.recordFailure("a", Duration.ofSeconds(1)));
    agenda.recordPoll("a", Duration.ofSeconds(15), "t", null);
    assertEquals(0, agenda.failures("a"));
  }

  @Test
  @Tag("F54")
  void shouldKeepTheTimeOfTheFirstNotFoundForThatTaskOnly() {
    // given
    Instant since = Instant.parse("2026-01-02T03:04:05Z");
    agenda.recordPoll("a", Duration.ofSeconds(15), "t", since);

    // when
    agenda.postpone("a", Duration.ofSeconds(1));
    agenda.reserve("a", Duration.ofSeconds(1));
    agenda.recordFailure("a", Duration.ofSeconds(1));

    // then
    assertEquals(since, agenda.notFoundSince("a", "t"));
    assertNull(agenda.notFoundSince("a", "other"));

    // when
    agenda.recordPoll("a", Duration.ofSeconds(15), "t", null);

    // then
    assertNull(agenda.notFoundSince("a", "t"));
  }

  @Test
  @Tag("F89")
  void shouldRemoveObjectsThatAreGone() {
    for (int i = 0; i < 10_000; i++) {
      agenda.recordPoll("gone-" + i, Duration.ofSeconds(15), "t", null);
      now += Duration.ofSeconds(1).toNanos();
    }
    assertTrue(agenda.size() < 3_500, () -> "still holds " + agenda.size());
    agenda.remove("gone-9999");
    assertTrue(agenda.isUnknown("gone-9999"));
  }
}
