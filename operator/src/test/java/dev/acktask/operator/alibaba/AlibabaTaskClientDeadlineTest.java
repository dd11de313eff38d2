package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fault catalogue B2, F45 and F46: one deadline for the whole call. */
final class AlibabaTaskClientDeadlineTest {
  private static final String SUCCESS = SampleTask.inState("success");
  private SimulatedCloud wire;

  @BeforeEach
  void start() throws IOException {
    wire = new SimulatedCloud();
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  @Test
  @Tag("F45")
  void shouldEndWhenTheHeadersAreSlow() {
    LookupAssertions.unavailable(
        Failure.API_UNAVAILABLE, wire.answeredHasty(Response.json(200, SUCCESS).slow(1, 0)));
  }

  @Test
  @Tag("F45")
  void shouldEndWhenTheBodyIsSlow() {
    LookupAssertions.unavailable(
        Failure.API_UNAVAILABLE, wire.answeredHasty(Response.json(200, SUCCESS).slow(0, 1)));
  }

  @Test
  @Tag("F45")
  void shouldServeOthersWhile50AnswersAreSlow() throws Exception {
    wire.cloud.answers("T-slow", Response.json(200, SUCCESS).slow(0, 1));
    wire.cloud.answers(SampleTask.ID, Response.json(200, SUCCESS));
    CountDownLatch done = new CountDownLatch(50);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> slow = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        slow.add(
            callers.submit(
                () -> {
                  wire.client.describe("T-slow");
                  done.countDown();
                }));
      }
      Awaitility.await().until(() -> wire.cloud.callCount("T-slow") == 50);
      assertEquals("success", LookupAssertions.task(wire.client.describe(SampleTask.ID)).state());
      assertEquals(50, done.getCount());
      slow.forEach(call -> call.cancel(true));
      assertTrue(done.await(30, TimeUnit.SECONDS), "interrupted calls did not end");
    }
  }

  @Test
  @Tag("F46")
  void shouldDiscardAnAnswerThatComesLate() {
    TaskLookup late =
        wire.answeredHasty(
            Response.json(200, SUCCESS).delayed(SimulatedCloud.BRIEF.multipliedBy(2)),
            Response.json(200, SampleTask.inState("failed")));

    LookupAssertions.unavailable(Failure.API_UNAVAILABLE, late);
    assertEquals("failed", LookupAssertions.task(wire.hasty.describe(SampleTask.ID)).state());
  }

  @Test
  @Tag("F46")
  void shouldWaitForAnAnswerThatComesInTime() {
    assertTrue(
        wire.answered(Response.json(200, SUCCESS).delayed(Duration.ofMillis(100)))
            instanceof Found);
  }

  @Test
  @Tag("F46")
  void shouldKeepTheInterruptWhenInterrupted() {
    Thread.currentThread().interrupt();

    LookupAssertions.unavailable(Failure.API_UNAVAILABLE, wire.answered(Response.hang()));
    assertTrue(Thread.interrupted());
  }
}
