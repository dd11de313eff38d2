package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.SyntheticTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The endpoint from the side of a signed client. */
@Timeout(30)
class SimulatorTest extends SimulatorTestCase {
  @Test
  void shouldAnswerInTurnAndRepeatTheLastWhenScripted() throws Exception {
    simulator.answers("T-1", RUNNING, SUCCESS);
    assertEquals("running", body(describe("T-1")).get("state").asText());
    assertEquals("success", body(describe("T-1")).get("state").asText());
    assertEquals("success", body(describe("T-1")).get("state").asText());
    assertEquals(3, simulator.callCount("T-1"));
  }

  @Test
  void shouldCarryTheHeadersOfTheCloudWhenAnswering() throws Exception {
    simulator.answers("T-1", RUNNING);
    String answer = describe("T-1");
    assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"));
    assertTrue(answer.contains("Content-Type: application/json; charset=utf-8\r\n"));
    assertTrue(answer.contains("\r\nx-acs-request-id: "));
    assertTrue(answer.contains("\r\nContent-Length: 19\r\n"));
  }

  @Test
  void shouldAnswerNotFoundLikeTheApiWhenTaskIsUnknown() throws Exception {
    // when
    String answer = describe("T-000000000000000000000fff");
    JsonNode error = body(answer);

    // then
    assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"));
    assertEquals("400", error.get("code").asText());
    assertEquals("the task T-000000000000000000000fff not found", error.get("message").asText());
    assertEquals(400, error.get("status").asInt());
    assertTrue(answer.contains("x-acs-request-id: " + error.get("requestId").asText()));
  }

  @Test
  void shouldAnswerNoSuchApiWhenPathIsUnknown() throws Exception {
    String answer = send("GET /nothing HTTP/1.1\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 404 Not Found\r\n"));
    assertEquals("InvalidAction.NotFound", body(answer).get("code").asText());
  }

  @Test
  void shouldAnswerEveryRequestWithTheOutageUntilRecovered() throws Exception {
    simulator.answers("T-1", RUNNING);
    simulator.outage(Response.error(503, "ServiceUnavailable", "down"));
    assertTrue(describe("T-1").startsWith("HTTP/1.1 503 "));
    assertTrue(send("GET /nothing HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 503 "));
    simulator.recover();
    assertTrue(describe("T-1").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void shouldForgetRequestsButNotTheTurnWhenCleared() throws Exception {
    simulator.answers("T-1", RUNNING, SUCCESS);
    describe("T-1");
    simulator.clear();
    assertEquals(0, simulator.callCount("T-1"));
    assertEquals("success", body(describe("T-1")).get("state").asText());
  }

  @Test
  void shouldGiveGatewayShapeWhenAsked() throws Exception {
    simulator.answers("T-1", Response.gatewayError(400, "Throttling", "slow down"));
    JsonNode error = body(describe("T-1"));
    assertEquals("Throttling", error.get("Code").asText());
    assertTrue(error.has("RequestId"));
  }

  @Test
  void shouldSendHintVerbatimWhenThrottled() throws Exception {
    simulator.answers(
        "T-1",
        Response.throttled(Duration.ofSeconds(2)).header("Retry-After", "not a number"),
        Response.of(200).contentType("text/plain").body(Body.of("no json")));
    String answer = describe("T-1");
    assertTrue(answer.contains("\r\nx-acs-retry-after: 2000\r\nRetry-After: not a number\r\n"));
    assertTrue(describe("T-1").contains("Content-Type: text/plain\r\n"));
  }

  @Test
  void shouldFollowItsClockWhenScriptIsPlayed() throws Exception {
    SteppedClock clock = new SteppedClock(Instant.parse("2026-01-02T03:04:05Z"));
    List<String> changes = new CopyOnWriteArrayList<>();
    SimulatorObserver observer =
        new SimulatorObserver() {
          @Override
          public void stateChanged(String taskId, String from, String to) {
            changes.add(from + ">" + to);
          }
        };
    try (Simulator played =
            Simulator.builder()
                .withoutVerification()
                .clock(clock)
                .speed(60)
                .observer(observer)
                .start();
        RawClient client = new RawClient(played.port())) {
      played.play(SyntheticTasks.of(1, Duration.ofMinutes(10), 0).get(0));
      JsonNode before = body(client.get("/tasks/T-sim-00001").readAnswer());
      clock.advance(Duration.ofSeconds(13));
      JsonNode after = body(client.get("/tasks/T-sim-00001").readAnswer());
      assertEquals("running", before.get("state").asText());
      assertEquals("2026-01-02T11:04:05+08:00", before.get("created").asText());
      assertEquals("success", after.get("state").asText());
      assertEquals(List.of(">running", "running>success"), changes);
    }
  }
}
