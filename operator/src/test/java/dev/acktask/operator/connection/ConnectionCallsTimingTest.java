package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConnectionCallsTimingTest {
  private static final CallOutcome ANSWERED = new CallOutcome.Answered();
  private static final TaskLookup ANSWER = new TaskLookup.Unchanged();
  private static final TaskLookup BAD_KEY = refused(Refusal.UNAUTHORIZED);
  private static final TaskLookup THROTTLED = new TaskLookup.Throttled("slow", null, null);

  private long nanos = Long.MAX_VALUE - 1;
  private final ConnectionCalls calls = new ConnectionCalls(() -> nanos);
  private final List<CallSummary> changes = new ArrayList<>();

  ConnectionCallsTimingTest() {
    calls.onChange(() -> changes.add(calls.summary()));
  }

  @Test
  void shouldChangeOnceAMinuteWhenTheOutcomeAlternates() {
    // given
    List<CallOutcome> outcomes = new ArrayList<>();

    // when
    for (int second = 0; second < 600; second++) {
      calls.record(second % 2 == 0 ? ANSWER : BAD_KEY);
      CallOutcome now = calls.summary().outcome();
      if (outcomes.isEmpty() || !now.equals(outcomes.get(outcomes.size() - 1))) {
        outcomes.add(now);
      }
      nanos += Duration.ofSeconds(1).toNanos();
    }

    // then
    assertTrue(outcomes.size() <= ConnectionCalls.CHANGE_BURST + 10, () -> "" + outcomes.size());
    assertTrue(changes.size() <= 2 * outcomes.size(), () -> changes.size() + " reconciles");
  }

  @Test
  void shouldReportALateChangeByTimeAlone() {
    // given: no further change is allowed for a minute
    for (int change = 0; change < ConnectionCalls.CHANGE_BURST; change++) {
      calls.record(change % 2 == 0 ? BAD_KEY : ANSWER);
    }
    assertEquals(new CallOutcome.Refused(Refusal.UNAUTHORIZED, "m"), calls.summary().outcome());

    // when
    calls.record(ANSWER);

    // then
    CallSummary delayed = changes.get(changes.size() - 1);
    assertEquals(new CallOutcome.Refused(Refusal.UNAUTHORIZED, "m"), delayed.outcome());
    assertEquals(Duration.ofMinutes(1), delayed.validFor());
    nanos += Duration.ofMinutes(1).toNanos();
    assertEquals(new CallSummary(ANSWERED, false, null), calls.summary());
  }

  @Test
  void shouldNeedNoTimerWhenADelayedChangeIsRevoked() {
    // given
    for (int change = 0; change < ConnectionCalls.CHANGE_BURST; change++) {
      calls.record(change % 2 == 0 ? BAD_KEY : ANSWER);
    }
    calls.record(ANSWER);

    // when
    calls.record(BAD_KEY);

    // then
    assertNull(calls.summary().validFor());
    nanos += Duration.ofMinutes(2).toNanos();
    assertEquals(new CallOutcome.Refused(Refusal.UNAUTHORIZED, "m"), calls.summary().outcome());
  }

  @Test
  void shouldBeThrottledForAMinuteAfterTheLastThrottledCall() {
    // given
    calls.record(THROTTLED);
    nanos += Duration.ofSeconds(40).toNanos();

    // when
    calls.record(THROTTLED);

    // then
    assertEquals(new CallSummary(null, true, Duration.ofMinutes(1)), calls.summary());
    nanos += Duration.ofSeconds(59).toNanos();
    assertTrue(calls.summary().isThrottled());
    nanos += Duration.ofSeconds(1).toNanos();
    assertEquals(CallSummary.NONE, calls.summary());
  }

  @Test
  void shouldReportThrottlingOnceWhileItLasts() {
    for (int second = 0; second < 300; second++) {
      calls.record(THROTTLED);
      calls.record(ANSWER);
      nanos += Duration.ofSeconds(1).toNanos();
    }

    assertEquals(2, changes.size()); // throttled, and the first answer
  }

  @Test
  void shouldReportThrottlingAgainAfterAMinuteWithout() {
    calls.record(THROTTLED);
    nanos += ConnectionCalls.THROTTLED_VALIDITY.toNanos();
    assertFalse(calls.summary().isThrottled());

    calls.record(THROTTLED);

    assertEquals(2, changes.size());
    assertTrue(calls.summary().isThrottled());
  }

  private static TaskLookup refused(Refusal cause) {
    return new Rejected(cause, "m", null);
  }
}
