package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.decision.AckTaskSnapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A refresh request is answered only by a poll that began after it. */
final class ConnectionTasksRefreshTest extends ConnectionTasksTestCase {
  @Test
  void refreshRequestIsPolledAtOnceInFullAndAnswered() {
    // given
    tasks.put(A, running("u1"));
    poll(found("running"));
    AckTaskSnapshot requested = requested("u1", "r1");

    // when
    tasks.put(A, requested);

    // then
    assertNull(latest(A, requested).orElseThrow().answeredRequest(), "not polled since");
    Poll poll = tasks.begin().orElseThrow();
    assertNull(poll.known());
    assertEquals(List.of(A), tasks.complete(poll, found("running")));
    assertEquals("r1", latest(A, requested).orElseThrow().answeredRequest());
  }

  @Test
  void pollUnderWayDoesNotAnswerALaterRequest() {
    // given
    tasks.put(A, running("u1"));
    Poll underWay = next();
    AckTaskSnapshot requested = requested("u1", "r1");
    tasks.put(A, requested);

    // when
    tasks.complete(underWay, found("running"));

    // then
    assertNull(latest(A, requested).orElseThrow().answeredRequest());
    assertEquals(Duration.ZERO, untilDue());
    poll(found("running"));
    assertEquals("r1", latest(A, requested).orElseThrow().answeredRequest());
  }

  @Test
  void finalAnswerOfAPollUnderWayDoesNotAnswerALaterRequest() {
    // given
    tasks.put(A, running("u1"));
    Poll underWay = next();
    tasks.put(A, requested("u1", "r1"));

    // when
    tasks.complete(underWay, found("failed"));

    // then
    assertEquals(Duration.ZERO, untilDue());
    poll(found("failed"));
    assertEquals("r1", latest(A, requested("u1", "r1")).orElseThrow().answeredRequest());
    assertTrue(tasks.untilDue().isEmpty());
  }

  @Test
  void repeatedRequestIsAnotherOne() {
    // given
    tasks.put(A, requested("u1", "r1"));
    poll(found("running"));

    // when
    tasks.put(A, requested("u1", "r2"));

    // then
    assertNull(latest(A, requested("u1", "r2")).orElseThrow().answeredRequest());
    assertEquals(Duration.ZERO, untilDue());
  }

  @Test
  void metadataEditDoesNotRepeatAnAnsweredRequest() {
    // given
    tasks.put(A, requested("u1", "r1"));
    poll(found("running"));

    // when
    tasks.put(A, requested("u1", "r1"));

    // then
    assertEquals("r1", latest(A, requested("u1", "r1")).orElseThrow().answeredRequest());
    assertTrue(untilDue().isPositive(), "no poll before the next interval");
  }

  @Test
  void requestOfOneObjectIsNotAnsweredForAnother() {
    // given
    tasks.put(A, requested("u1", "r1"));
    tasks.put(B, running("u2"));
    poll(found("running"));

    // when
    tasks.put(B, requested("u2", "r9"));

    // then
    assertEquals("r1", latest(A, requested("u1", "r1")).orElseThrow().answeredRequest());
    assertNull(latest(B, requested("u2", "r9")).orElseThrow().answeredRequest());
  }

  @Test
  void refreshOfAFinishedTaskIsPolledOnce() {
    // given
    AckTaskSnapshot requested = succeeded("u1").toBuilder().refreshRequest("r1").build();
    tasks.put(A, requested);

    // when
    poll(found("success"));

    // then
    assertEquals("r1", latest(A, requested).orElseThrow().answeredRequest());
    assertTrue(tasks.untilDue().isEmpty());
  }

  private static AckTaskSnapshot requested(String uid, String request) {
    return running(uid).toBuilder().refreshRequest(request).build();
  }
}
