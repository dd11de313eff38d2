package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.reply.Reply;
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
import org.junit.jupiter.api.Test;

/** Fault catalogue B2, F45 and F46: one deadline for the whole call. */
final class TimeCasesTest {
  private static final String SUCCESS = SampleTask.inState("success");
  private Wire wire;

  @BeforeEach
  void start() throws IOException {
    wire = new Wire();
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  @Test
  void f45ShouldEndWhenTheHeadersAreSlow() {
    Seen.unavailable(
        Failure.API_UNAVAILABLE, wire.answeredHasty(Reply.json(200, SUCCESS).slow(1, 0)));
  }

  @Test
  void f45ShouldEndWhenTheBodyIsSlow() {
    Seen.unavailable(
        Failure.API_UNAVAILABLE, wire.answeredHasty(Reply.json(200, SUCCESS).slow(0, 1)));
  }

  @Test
  void f45ShouldServeOthersWhile50AnswersAreSlow() throws Exception {
    wire.cloud.answers("T-slow", Reply.json(200, SUCCESS).slow(0, 1));
    wire.cloud.answers(SampleTask.ID, Reply.json(200, SUCCESS));
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
      assertEquals("success", Seen.task(wire.client.describe(SampleTask.ID)).state());
      assertEquals(50, done.getCount());
      slow.forEach(call -> call.cancel(true));
      assertTrue(done.await(30, TimeUnit.SECONDS), "interrupted calls did not end");
    }
  }

  @Test
  void f46ShouldDiscardAnAnswerThatComesLate() {
    TaskLookup late =
        wire.answeredHasty(
            Reply.json(200, SUCCESS).delayed(Wire.BRIEF.multipliedBy(2)),
            Reply.json(200, SampleTask.inState("failed")));

    Seen.unavailable(Failure.API_UNAVAILABLE, late);
    assertEquals("failed", Seen.task(wire.hasty.describe(SampleTask.ID)).state());
  }

  @Test
  void f46ShouldWaitForAnAnswerThatComesInTime() {
    assertTrue(
        wire.answered(Reply.json(200, SUCCESS).delayed(Duration.ofMillis(100))) instanceof Found);
  }

  @Test
  void f46ShouldKeepTheInterruptWhenInterrupted() {
    Thread.currentThread().interrupt();

    Seen.unavailable(Failure.API_UNAVAILABLE, wire.answered(Reply.hang()));
    assertTrue(Thread.interrupted());
  }
}
