package dev.acktask.operator.polling;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a reconcile gets: forged statuses, outages and dropped observations. */
final class ConnectionTasksObservationTest extends ConnectionTasksTestCase {
  private static final TaskKey KEY = new TaskKey("(built-in)@1", new TaskRef(AckTasks.TASK_ID));

  @Test
  void forgedStatusIsReplacedFromTheFinalObservation() {
    // given
    tasks.put(A, running("u1"));
    poll(found("failed"));
    tasks.put(A, succeeded("u1")); // idle from here on

    // when
    AckTaskSnapshot forged = forged("u1");
    tasks.put(A, forged);

    // then
    assertTrue(tasks.untilDue().isEmpty(), "no poll");
    assertEquals(found("failed"), latest(A, forged).orElseThrow().lookup());
  }

  @Test
  void forgedStatusIsPolledWhereNoObservationIsHeld() {
    tasks.put(A, forged("u1"));

    assertEquals(Duration.ZERO, untilDue());
  }

  @Test
  void outageBeginsAtTheTimeInTheStatusAfterARestart() {
    // given
    AckTaskSnapshot failing = failingSince("u1", now.minus(Duration.ofHours(1)).toString());
    tasks.put(A, failing);
    Duration longest = Duration.ZERO;

    // when
    for (int i = 0; i < 20; i++) {
      poll(DOWN);
      longest = longest.compareTo(untilDue()) > 0 ? longest : untilDue();
    }

    // then
    assertTrue(longest.compareTo(Duration.ofMinutes(3)) > 0, longest.toString());
    poll(found("running"));
    assertTrue(untilDue().compareTo(Duration.ofSeconds(22)) <= 0, "the outage is over");
  }

  @Test
  void answerAfterAnOutageIsReadInFullAndRaisesAnEvent() {
    // given
    tasks.put(A, running("u1"));
    poll(found("running"));
    poll(DOWN);

    // when
    Poll poll = next();

    // then
    assertNull(poll.known());
    assertEquals(List.of(A), tasks.complete(poll, found("running")));
  }

  @Test
  void droppedObservationIsReadInFullAgain() {
    // given
    tasks.put(A, running("u1"));
    poll(found("running"));
    cache.remove(KEY);

    // when
    boolean isHeld = latest(A, running("u1")).isPresent();

    // then
    assertTrue(!isHeld);
    Poll poll = next();
    assertNull(poll.known());
    assertEquals(List.of(A), tasks.complete(poll, found("running")));
  }

  @Test
  void observationMissedDuringAPollIsReadInFullNext() {
    // given
    tasks.put(A, running("u1"));
    poll(found("running"));
    Poll poll = next();
    cache.remove(KEY);
    latest(A, running("u1"));

    // when
    tasks.complete(poll, new TaskLookup.Unchanged());

    // then
    assertNull(next().known());
  }

  /** The cache is smaller than all running tasks of a large installation. */
  @Test
  void droppedObservationThatNoReconcileMissesCostsNothing() {
    // given
    tasks.put(A, running("u1"));
    poll(found("running"));
    cache.remove(KEY);

    // when
    List<ResourceID> first = poll(new TaskLookup.Unchanged());
    Poll second = next();

    // then
    assertEquals(List.of(), first);
    assertEquals(digest("running"), second.known());
    assertEquals(List.of(), tasks.complete(second, new TaskLookup.Unchanged()));
  }

  /** The verdict may not be written yet. */
  @Test
  void droppedFinalObservationIsPolledAgainAtOnce() {
    // given
    tasks.put(A, running("u1"));
    poll(found("failed"));
    cache.remove(KEY);

    // when
    boolean isHeld = latest(A, running("u1")).isPresent();

    // then
    assertTrue(!isHeld);
    assertEquals(Duration.ZERO, untilDue());
    assertEquals(List.of(A), poll(found("failed")));
  }

  @Test
  void observationOfAnotherTaskIsNeverReturned() {
    // given
    tasks.put(A, created("u1"));
    poll(found("success"));
    AckTaskSnapshot other = created("u1", spec().taskId("T-2").build());

    // then
    assertTrue(latest(A, other).isEmpty(), "the poller has not got the new spec yet");
    assertTrue(latest(A, created("u2")).isEmpty(), "nor the new object");
    tasks.put(A, other);
    assertTrue(latest(A, other).isEmpty());
    assertEquals(Duration.ZERO, untilDue());
  }

  @Test
  void notFoundCountsForTheTimeBetweenPollsOnly() {
    // given
    tasks.put(A, created("u1"));
    poll(NOT_FOUND);

    // when
    pass(GRACE.multipliedBy(3)); // the budget delays the next poll

    // then
    assertEquals(Duration.ZERO, latest(A, created("u1")).orElseThrow().notFoundFor());
    assertEquals(List.of(A), poll(NOT_FOUND), "the end of the grace is an event");
    assertTrue(latest(A, created("u1")).orElseThrow().notFoundFor().compareTo(GRACE) >= 0);
    assertEquals(List.of(), poll(NOT_FOUND));
  }

  @Test
  void anyOtherOutcomeBeginsTheGraceAgain() {
    // given
    tasks.put(A, created("u1"));
    poll(NOT_FOUND);
    pass(GRACE);
    poll(DOWN);

    // when
    poll(NOT_FOUND);

    // then
    assertEquals(Duration.ZERO, latest(A, created("u1")).orElseThrow().notFoundFor());
    assertNotNull(cache.get(KEY));
  }

  private static AckTaskSnapshot forged(String uid) {
    return succeeded(uid).toBuilder().operatorWroteStatus(false).build();
  }

  private static AckTaskSnapshot failingSince(String uid, String time) {
    AckTaskStatus status = AckTasks.running().status();
    List<Condition> conditions =
        status.conditions().stream()
            .map(
                c ->
                    c.type().equals("Synced")
                        ? new Condition("Synced", "False", "ApiUnavailable", "down", 1L, time)
                        : c)
            .toList();
    return running(uid).toBuilder()
        .status(status.toBuilder().conditions(conditions).build())
        .build();
  }
}
