package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.requestlog.RequestRecordJson;
import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.SyntheticTasks;
import dev.acktask.simulator.signature.Credential;
import dev.acktask.simulator.signature.SignatureResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The endpoint from the side of a signed client. */
@Timeout(30)
class SimulatorTest {
  private static final Response RUNNING = Response.json(200, "{\"state\":\"running\"}");
  private static final Response SUCCESS = Response.json(200, "{\"state\":\"success\"}");

  private Simulator simulator;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.builder().credential("keyId", "canary-secret").start();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private String send(String request) throws IOException {
    try (RawClient client = new RawClient(simulator.port())) {
      return client.send(request).readAnswer();
    }
  }

  private String describe(String taskId) throws Exception {
    return send(SignedRequest.describe(taskId).by("keyId", "canary-secret"));
  }

  private static JsonNode body(String answer) throws IOException {
    return new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n")));
  }

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
  void shouldNotUseUpAnAnswerWhenSignatureIsRefused() throws Exception {
    // given
    simulator.answers("T-1", RUNNING, SUCCESS);

    // when
    String refused = send(SignedRequest.describe("T-1").by("keyId", "wrong"));

    // then
    assertTrue(refused.startsWith("HTTP/1.1 400 Bad Request\r\n"));
    assertEquals("SignatureDoesNotMatch", body(refused).get("code").asText());
    assertEquals("running", body(describe("T-1")).get("state").asText());
    assertEquals(SignatureResult.MISMATCH, simulator.served("T-1").get(0).signature());
    assertEquals(0, simulator.served("T-1").get(0).call());
    assertEquals(1, simulator.served("T-1").get(1).call());
  }

  @Test
  void shouldAcceptOnlyNewKeyWhenRotated() throws Exception {
    simulator.answers("T-1", RUNNING);
    simulator.credentials(Credential.of("newKeyId", "newSecret"));
    assertEquals("InvalidAccessKeyId.NotFound", body(describe("T-1")).get("code").asText());
    String renewed = send(SignedRequest.describe("T-1").by("newKeyId", "newSecret"));
    assertTrue(renewed.startsWith("HTTP/1.1 200"));
  }

  @Test
  void shouldRefuseWhenDateIsOld() throws Exception {
    Instant old = Instant.now().minus(Duration.ofHours(1));
    String answer = send(SignedRequest.describe("T-1").date(old).by("keyId", "canary-secret"));
    assertEquals("InvalidTimeStamp.Expired", body(answer).get("code").asText());
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
  void shouldRecordWithoutSecretsWhenServing() throws Exception {
    // given
    simulator.credentials(Credential.sts("keyId", "canary-secret", "canary-token"));
    simulator.answers("T-1", RUNNING);

    // when
    send(SignedRequest.describe("T-1").token("keyId", "canary-token").by("keyId", "canary-secret"));

    // then
    RequestRecord served = simulator.served("T-1").get(0);
    assertEquals(SignatureResult.ACCEPTED, served.signature());
    assertEquals("GET /tasks/T-1 HTTP/1.1", served.requestLine());
    assertEquals("{\"state\":\"running\"}", served.body());
    assertEquals("***", Header.first(served.headers(), "authorization").orElseThrow());
    String line = RequestRecordJson.line(served);
    assertFalse(line.contains("canary"));
    assertFalse(line.contains("Signature="));
    assertTrue(line.contains("\"signature\":\"ACCEPTED\""));
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
  void shouldSendTheSameRequestIdInHeadAndBodyWhenListing() throws Exception {
    // given
    SyntheticTasks.of(3, Duration.ofMinutes(10), 0).forEach(simulator::play);
    String query = "page_number=2&page_size=2";

    // when
    String answer =
        send(SignedRequest.list(SyntheticTasks.CLUSTER_ID, query).by("keyId", "canary-secret"));
    JsonNode page = body(answer);

    // then
    assertTrue(answer.contains("x-acs-request-id: " + page.get("requestId").asText()));
    assertEquals(2, page.get("page_info").get("page_number").asInt());
    assertEquals(3, page.get("page_info").get("total_count").asInt());
    assertEquals(1, page.get("tasks").size());
    assertEquals("running", page.get("tasks").get(0).get("state").asText());
    assertEquals("", page.get("next_token").asText());
  }

  @Test
  void shouldReachEveryTaskOnceWhenFollowingTokens() throws Exception {
    SyntheticTasks.of(5, Duration.ofMinutes(10), 0).forEach(simulator::play);
    int tasks = 0;
    String token = "";
    do {
      String query = "max_results=2&next_token=" + token;
      JsonNode page =
          body(
              send(
                  SignedRequest.list(SyntheticTasks.CLUSTER_ID, query)
                      .by("keyId", "canary-secret")));
      tasks += page.get("tasks").size();
      token = page.get("next_token").asText();
    } while (!token.isEmpty());
    assertEquals(5, tasks);
  }

  @Test
  void shouldRefuseWhenPageIsNotANumber() throws Exception {
    SignedRequest request = SignedRequest.list("c1", "page_number=0");
    String answer = send(request.by("keyId", "canary-secret"));
    assertEquals("InvalidParameter", body(answer).get("code").asText());
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
