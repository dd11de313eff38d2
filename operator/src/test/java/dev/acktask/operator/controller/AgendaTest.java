package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AgendaTest {
  private long now;
  private final Agenda agenda = new Agenda(() -> now);

  @Test
  void shouldTellWhenAnObjectIsDue() {
    assertTrue(agenda.isFirstSight("a"));
    agenda.looked("a", Duration.ofSeconds(15), "t", null);
    assertEquals(Duration.ofSeconds(15), agenda.untilDue("a"));
    now += Duration.ofMillis(14_960).toNanos();
    assertEquals(Duration.ZERO, agenda.untilDue("a"), "timers fire a little early");
  }

  @Test
  void shouldKeepAPromiseUntilItIsUsed() {
    agenda.promise("a", Duration.ofSeconds(1));
    assertTrue(agenda.isPromised("a"));
    agenda.looked("a", Duration.ofSeconds(15), "t", null);
    assertFalse(agenda.isPromised("a"));
  }

  @Test
  void shouldCountStumblesUntilALookEndsWell() {
    assertEquals(1, agenda.stumbled("a", Duration.ofSeconds(1)));
    assertEquals(2, agenda.stumbled("a", Duration.ofSeconds(1)));
    agenda.looked("a", Duration.ofSeconds(15), "t", null);
    assertEquals(0, agenda.stumbles("a"));
  }

  @Test
  void f54ShouldKnowSinceWhenATaskIsMissingForThatTaskOnly() {
    Instant since = Instant.parse("2026-01-02T03:04:05Z");
    agenda.looked("a", Duration.ofSeconds(15), "t", since);
    agenda.postpone("a", Duration.ofSeconds(1));
    agenda.promise("a", Duration.ofSeconds(1));
    agenda.stumbled("a", Duration.ofSeconds(1));
    assertEquals(since, agenda.notFoundSince("a", "t"));
    assertNull(agenda.notFoundSince("a", "other"));
    agenda.looked("a", Duration.ofSeconds(15), "t", null);
    assertNull(agenda.notFoundSince("a", "t"));
  }

  @Test
  void f89ShouldForgetObjectsThatAreGone() {
    for (int i = 0; i < 10_000; i++) {
      agenda.looked("gone-" + i, Duration.ofSeconds(15), "t", null);
      now += Duration.ofSeconds(1).toNanos();
    }
    assertTrue(agenda.size() < 3_500, () -> "still holds " + agenda.size());
    agenda.forget("gone-9999");
    assertTrue(agenda.isFirstSight("gone-9999"));
  }
}
