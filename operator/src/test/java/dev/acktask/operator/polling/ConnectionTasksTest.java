package dev.acktask.operator.polling;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.task.TaskLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which tasks are polled, and when. */
final class ConnectionTasksTest extends ConnectionTasksTestCase {
  @Test
  void objectWaitsFromItsFirstVersionForItsFirstPoll() {
    // given
    tasks.put(A, created("u1"));

    // when
    pass(Duration.ofSeconds(7));
    tasks.put(A, running("u1"));

    // then
    assertEquals(Duration.ofSeconds(7), tasks.waitingFor(A, running("u1")));
    assertEquals(Duration.ZERO, tasks.waitingFor(A, created("u2")), "recreated");
    assertEquals(Duration.ZERO, tasks.waitingFor(B, created("u1")), "not known");
    poll(found("running"));
    pass(Duration.ofSeconds(7));
    assertEquals(Duration.ZERO, tasks.waitingFor(A, running("u1")), "polled");
  }

  @Test
  void pollsANewObjectAtOnceAndThenOncePerInterval() {
    // given
    tasks.put(A, created("u1"));

    // when
    Duration first = untilDue();
    List<?> events = poll(found("running"));

    // then
    assertEquals(Duration.ZERO, first);
    assertEquals(List.of(A), events);
    assertAboutOneInterval(untilDue());
  }

  @Test
  void spreadsTheFirstPollsAfterARestart() {
    // given
    for (int i = 0; i < 50; i++) {
      tasks.put(A, running("u" + i));
    }

    // when
    Duration wait = untilDue();

    // then
    assertTrue(wait.compareTo(INTERVAL) <= 0, wait.toString());
    tasks.put(B, running("other"));
    assertTrue(untilDue().compareTo(wait) <= 0);
  }

  @Test
  void unchangedAnswerRaisesNoEventAndStaysTheObservation() {
    // given
    tasks.put(A, created("u1"));
    poll(found("running"));

    // when
    Poll poll = next();
    List<?> events = tasks.complete(poll, new TaskLookup.Unchanged());

    // then
    assertEquals(digest("running"), poll.known());
    assertEquals(List.of(), events);
    assertEquals(digest("running"), next().known());
    assertEquals(found("running"), latest(A, created("u1")).orElseThrow().lookup());
  }

  @Test
  void repeatedFailureRaisesOneEvent() {
    tasks.put(A, created("u1"));

    assertEquals(List.of(A), poll(DOWN));
    assertEquals(List.of(), poll(DOWN));
    assertEquals(List.of(A), poll(NOT_FOUND));
    assertEquals(List.of(A), poll(found("running")));
  }

  @Test
  void finalObservationEndsPolling() {
    // given
    tasks.put(A, created("u1"));

    // when
    List<?> events = poll(found("failed"));

    // then
    assertEquals(List.of(A), events);
    assertTrue(tasks.untilDue().isEmpty());
    tasks.put(A, running("u1")); // for example, a label was changed before the verdict is written
    assertTrue(tasks.untilDue().isEmpty());
  }

  @Test
  void unchangedFinalAnswerEndsPolling() {
    // given
    tasks.put(A, running("u1"));
    poll(found("failed"));
    tasks.put(A, requested(running("u1"), "r1"));
    tasks.put(A, running("u1")); // the annotation is removed again

    // when
    tasks.complete(next(), new TaskLookup.Unchanged());

    // then
    assertTrue(tasks.untilDue().isEmpty());
  }

  @Test
  void failureAtTheEndOfAPollDoesNotEndPolling() {
    // given
    tasks.put(A, created("u1"));
    Poll poll = next();
    Instant time = now;
    now = null;

    // when
    assertThrows(NullPointerException.class, () -> tasks.complete(poll, DOWN));

    // then
    now = time;
    assertEquals(Duration.ofMinutes(1), untilDue());
    assertEquals(List.of(A), poll(found("running")));
  }

  @Test
  void suspendedAndFinishedObjectsAreNotPolled() {
    // given
    tasks.put(A, created("u1"));
    tasks.put(B, succeeded("u2"));

    // when
    tasks.put(A, created("u1", spec().suspend(true).build()));

    // then
    assertTrue(tasks.untilDue().isEmpty());
  }

  @Test
  void editsCauseNoPollButAShorterIntervalCounts() {
    // given
    tasks.put(A, created("u1", spec().pollInterval("10m").build()));
    poll(found("running"));

    // when
    AckTaskSnapshot edited =
        of(AckTasks.running().spec(spec().pollInterval("30s").build()).generation(2), "u1");
    tasks.put(A, edited);

    // then
    Duration wait = untilDue();
    assertTrue(wait.compareTo(Duration.ofSeconds(27)) >= 0, wait.toString());
    assertTrue(wait.compareTo(Duration.ofSeconds(33)) <= 0, wait.toString());
  }

  @Test
  void slowPollDoesNotLengthenTheInterval() {
    // given
    tasks.put(A, created("u1"));
    Poll poll = next();

    // when
    pass(Duration.ofSeconds(5));
    tasks.complete(poll, found("running"));

    // then
    assertTrue(untilDue().compareTo(Duration.ofSeconds(17)) <= 0, untilDue().toString());
    assertNull(poll.known());
  }

  private static AckTaskSnapshot requested(AckTaskSnapshot snapshot, String request) {
    return snapshot.toBuilder().refreshRequest(request).build();
  }
}
