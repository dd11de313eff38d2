package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.response.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue F42: no status but 200 is an answer, and no redirect is followed. */
final class AlibabaTaskClientStatusTest {
  private static final String SUCCESS = SampleTask.inState("success");
  @AutoClose private final SimulatedCloud cloud = new SimulatedCloud();

  @ParameterizedTest
  @Tag("F42")
  @ValueSource(ints = {201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 304, 305})
  void shouldHoldWhenTheStatusIsNot200(int status) {
    Response reply =
        status == 204 || status == 304 ? Response.of(status) : Response.json(status, SUCCESS);

    LookupAssertions.unavailable(Failure.RESPONSE_INVALID, cloud.answered(reply));
  }

  @ParameterizedTest
  @Tag("F42")
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void shouldNeverFollowARedirect(int status) throws IOException {
    try (Simulator other = Simulator.builder().withoutVerification().start()) {
      other.answers(SampleTask.ID, Response.json(200, SUCCESS));
      String path = "/tasks/" + SampleTask.ID;
      for (String location :
          List.of(
              path,
              cloud.simulator.endpoint() + path,
              other.endpoint() + path,
              "http://127.0.0.1:1/")) {
        LookupAssertions.unavailable(
            Failure.RESPONSE_INVALID, cloud.answered(Response.redirect(status, location)));
        assertEquals(1, cloud.requests());
      }
      assertEquals(List.of(), other.served());
    }
  }

  @Test
  @Tag("F42")
  void shouldReadTheAnswerAfterInterimAnswers() {
    assertEquals(
        "success",
        LookupAssertions.task(cloud.answered(Response.json(200, SUCCESS).afterInterim(102, 3)))
            .state());
  }

  @Test
  @Tag("F42")
  void shouldGiveUpWhenInterimAnswersDoNotEnd() {
    TaskLookup lookup =
        cloud.answeredWithinShortTimeout(Response.json(200, SUCCESS).afterInterim(100, 50_000_000));

    assertTrue(lookup instanceof TaskLookup.Unavailable, lookup.toString());
  }
}
