package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.response.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fault catalogue B2, F45 and F46: one deadline for the whole call. */
final class AlibabaTaskClientDeadlineTest {
  private static final String SUCCESS = SampleTask.inState("success");
  @AutoClose private final SimulatedCloud cloud = new SimulatedCloud();

  @Test
  @Tag("F45")
  void shouldTimeOutWhenTheHeadersAreSlow() {
    LookupAssertions.unavailable(
        Failure.API_UNAVAILABLE,
        cloud.answeredWithinShortTimeout(Response.json(200, SUCCESS).slow(1, 0)));
  }

  @Test
  @Tag("F45")
  void shouldTimeOutWhenTheBodyIsSlow() {
    LookupAssertions.unavailable(
        Failure.API_UNAVAILABLE,
        cloud.answeredWithinShortTimeout(Response.json(200, SUCCESS).slow(0, 1)));
  }

  @Test
  @Tag("F45")
  void shouldFinishOtherCallsWhile50AnswersAreSlow() throws Exception {
    cloud.simulator.answers("T-slow", Response.json(200, SUCCESS).slow(0, 1));
    cloud.simulator.answers(SampleTask.ID, Response.json(200, SUCCESS));
    CountDownLatch done = new CountDownLatch(50);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> slow = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        slow.add(
            callers.submit(
                () -> {
                  cloud.client.describe("T-slow");
                  done.countDown();
                }));
      }
      Awaitility.await().until(() -> cloud.simulator.callCount("T-slow") == 50);
      assertEquals("success", LookupAssertions.task(cloud.client.describe(SampleTask.ID)).state());
      assertEquals(50, done.getCount());
      slow.forEach(call -> call.cancel(true));
      assertTrue(done.await(30, TimeUnit.SECONDS), "interrupted calls did not end");
    }
  }

  @Test
  @Tag("F46")
  void shouldDiscardALateAnswer() {
    TaskLookup late =
        cloud.answeredWithinShortTimeout(
            Response.json(200, SUCCESS).delayed(SimulatedCloud.SHORT_TIMEOUT.multipliedBy(2)),
            Response.json(200, SampleTask.inState("failed")));

    LookupAssertions.unavailable(Failure.API_UNAVAILABLE, late);
    // On a busy machine the next call may time out as well.
    TaskLookup next =
        Awaitility.await()
            .until(() -> cloud.shortTimeoutClient.describe(SampleTask.ID), Found.class::isInstance);
    assertEquals("failed", LookupAssertions.task(next).state());
  }

  @Test
  @Tag("F46")
  void shouldWaitForAnAnswerBeforeTheDeadline() {
    assertTrue(
        cloud.answered(Response.json(200, SUCCESS).delayed(Duration.ofMillis(100)))
            instanceof Found);
  }

  @Test
  @Tag("F46")
  void shouldKeepTheInterruptWhenInterrupted() {
    Thread.currentThread().interrupt();

    LookupAssertions.unavailable(Failure.API_UNAVAILABLE, cloud.answered(Response.hang()));
    assertTrue(Thread.interrupted());
  }
}
