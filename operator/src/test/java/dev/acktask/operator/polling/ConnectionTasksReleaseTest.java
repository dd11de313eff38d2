package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Observations that are in the status, and are not held any longer. */
final class ConnectionTasksReleaseTest extends ConnectionTasksTestCase {
  private static final TaskKey KEY = new TaskKey("(built-in)@1", new TaskRef(AckTasks.TASK_ID));

  @Test
  void releasedObservationIsNotHeldAndStillCompared() {
    // given
    tasks.put(A, running("u1"));
    poll(found("running"));

    // when
    tasks.release(A, running("u1"), latest(A, running("u1")).orElseThrow());

    // then
    assertNull(cache.get(KEY));
    Poll next = next();
    assertEquals(digest("running"), next.known());
    assertEquals(List.of(), tasks.complete(next, new TaskLookup.Unchanged()));
    assertTrue(latest(A, running("u1")).isEmpty());
    assertNull(next().known(), "a reconcile gets the next answer in full");
  }

  @Test
  void sharedFinalAndNewerObservationsAreNotReleased() {
    // given
    tasks.put(A, running("u1"));
    poll(found("running"));
    Observations.Latest old = latest(A, running("u1")).orElseThrow();
    poll(found("paused"));

    // then
    tasks.release(A, running("u1"), old);
    assertNotNull(cache.get(KEY), "newer");
    tasks.put(B, running("u2"));
    poll(found("paused"));
    tasks.release(A, running("u1"), latest(A, running("u1")).orElseThrow());
    assertNotNull(cache.get(KEY), "shared");
    tasks.remove(B);
    poll(found("failed"));
    tasks.release(A, running("u1"), latest(A, running("u1")).orElseThrow());
    assertNotNull(cache.get(KEY), "final");
  }

  /** It would be trusted until then. */
  @Test
  void forgedVerdictIsPolledAtOnceWhenTheObservationWasReleased() {
    // given
    tasks.put(A, running("u1"));
    poll(found("running"));
    tasks.release(A, running("u1"), latest(A, running("u1")).orElseThrow());
    AckTaskSnapshot forged = succeeded("u1").toBuilder().operatorWroteStatus(false).build();

    // when
    tasks.put(A, forged);
    boolean isHeld = latest(A, forged).isPresent();

    // then
    assertTrue(!isHeld);
    assertEquals(Duration.ZERO, untilDue());
    assertNull(next().known());
  }

  /** Otherwise it would stay for an interval, which may be an hour. */
  @Test
  @Tag("F58")
  void verdictForgedDuringAPollIsPolledAgainAtOnce() {
    // given
    tasks.put(A, running("u1"));
    poll(found("running"));
    tasks.release(A, running("u1"), latest(A, running("u1")).orElseThrow());
    Poll underWay = next();
    AckTaskSnapshot forged = succeeded("u1").toBuilder().operatorWroteStatus(false).build();
    tasks.put(A, forged);
    latest(A, forged);

    // when
    tasks.complete(underWay, new TaskLookup.Unchanged());

    // then
    assertEquals(Duration.ZERO, untilDue());
    Poll again = next();
    assertNull(again.known());
    assertEquals(List.of(A), tasks.complete(again, found("running")));
  }
}
