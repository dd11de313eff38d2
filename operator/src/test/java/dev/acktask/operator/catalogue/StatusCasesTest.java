package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.reply.Reply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue F42: no status but 200 is an answer, and no redirect is followed. */
final class StatusCasesTest {
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

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 304, 305})
  void f42ShouldHoldWhenTheStatusIsNot200(int status) {
    Reply reply = status == 204 || status == 304 ? Reply.of(status) : Reply.json(status, SUCCESS);

    Seen.unavailable(Failure.RESPONSE_INVALID, wire.answered(reply));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void f42ShouldNeverFollowARedirect(int status) throws IOException {
    try (Simulator other = Simulator.builder().withoutVerification().start()) {
      other.answers(SampleTask.ID, Reply.json(200, SUCCESS));
      String path = "/tasks/" + SampleTask.ID;
      for (String location :
          List.of(
              path, wire.cloud.endpoint() + path, other.endpoint() + path, "http://127.0.0.1:1/")) {
        Seen.unavailable(Failure.RESPONSE_INVALID, wire.answered(Reply.redirect(status, location)));
        assertEquals(1, wire.requests());
      }
      assertEquals(List.of(), other.served());
    }
  }

  @Test
  void f42ShouldReadTheAnswerBehindInterimOnes() {
    assertEquals(
        "success", Seen.task(wire.answered(Reply.json(200, SUCCESS).afterInterim(102, 3))).state());
  }

  @Test
  void f42ShouldEndWhenInterimAnswersFlood() {
    TaskLookup lookup = wire.answeredHasty(Reply.json(200, SUCCESS).afterInterim(100, 50_000_000));

    assertTrue(lookup instanceof TaskLookup.Unavailable, lookup.toString());
  }
}
