package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.alibaba.CloudClient;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NotFound;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.reply.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B2, F37 to F41: errors that the cloud words. */
final class RefusalCasesTest {
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
  void f37ShouldBeNotFoundWhenTheTaskIsUnknown() {
    assertInstanceOf(NotFound.class, wire.client.describe("T-unknown"));
    assertInstanceOf(NotFound.class, wire.answered(Reply.error(404, "ErrorTaskNotFound", "m")));
    assertInstanceOf(NotFound.class, wire.answered(Reply.error(404, "Task.NotFound", "m")));
  }

  @ParameterizedTest
  @MethodSource("notFoundByOthers")
  void f37ShouldHoldWhenSomethingElseSaysNotFound(String body) {
    Seen.unavailable(Failure.RESPONSE_INVALID, wire.answered(Reply.json(404, body)));
  }

  /** A task that is taken for missing settles as failed, so only ACK may say it. */
  static List<String> notFoundByOthers() {
    return List.of(
        // A Kubernetes API server, the same for an aggregated API with tasks of its own.
        """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
         "message":"the server could not find the requested resource","reason":"NotFound",
         "details":{},"code":404}""",
        """
        {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404,
         "message":"task.example.com \"T-5faa48fb31b6b8078d000006\" not found"}""",
        // Web frameworks, with and without a code.
        """
        {"timestamp":"2026-01-01T00:00:00.000+00:00","status":404,"error":"Not Found",
         "path":"/tasks/T-5faa48fb31b6b8078d000006"}""",
        """
        {"code":404,"message":"HTTP 404 Not Found"}""",
        """
        {"code":"NOT_FOUND","message":"No route for task T-5faa48fb31b6b8078d000006 not found"}""",
        """
        {"code":5,"message":"Not Found","details":[]}""",
        // API gateways and load balancers.
        """
        {"message":"no Route matched with those values","request_id":"00000000"}""",
        """
        {"code":"404 Route Not Found","message":"The requested route was not found"}""",
        """
        {"code":"I404NF","message":"API not found","requestId":"R-1"}""",
        """
        {"Code":"InvalidLoadBalancerId.NotFound","Message":"not found","RequestId":"R-1"}""",
        // Another service behind the same name.
        """
        {"Code":"NoSuchKey","Message":"The specified key does not exist.","HostId":"h"}""",
        """
        {"code":"404","message":"the task T-000000000000000000000000 not found"}""",
        "<Error><Code>NoSuchBucket</Code></Error>");
  }

  @Test
  void f37ShouldNotBeNotFoundWhenTheKeyOrThePathIsUnknown() {
    Seen.rejected(
        Refusal.UNAUTHORIZED,
        wire.answered(Reply.gatewayError(404, "InvalidAccessKeyId.NotFound", "m")));
    Seen.rejected(
        Refusal.INVALID_REQUEST,
        wire.answered(Reply.gatewayError(404, "InvalidAction.NotFound", "m")));
    Seen.unavailable(Failure.RESPONSE_INVALID, wire.answered(Reply.html(404, "<html>not found")));
    Seen.unavailable(Failure.RESPONSE_INVALID, wire.answered(Reply.of(404)));
  }

  @Test
  void f38ShouldBeUnauthorizedWhenTheCloudRefusesKeyOrSignature() {
    for (String[] key : new String[][] {{"other", "x"}, {CloudClient.ACCESS_KEY_ID, "CANARYno"}}) {
      try (CloudClient wrong =
          CloudClient.of(wire.cloud.endpoint()).credential(key[0], key[1], null).build()) {
        TaskLookup lookup = wrong.describe(SampleTask.ID);

        Seen.rejected(Refusal.UNAUTHORIZED, lookup);
        assertFalse(lookup.toString().contains("CANARY"), lookup.toString());
        assertEquals(1, wrong.refusals());
      }
    }
    assertEquals(2, wire.requests());
  }

  @ParameterizedTest
  @CsvSource({
    "403, StatusForbidden, FORBIDDEN",
    "403, Forbidden.RAM, FORBIDDEN",
    "400, NoPermission, FORBIDDEN",
    "400, InvalidSecurityToken.Expired, UNAUTHORIZED"
  })
  void f38ShouldTellRefusalsApart(int status, String code, Refusal cause) {
    Seen.rejected(cause, wire.answered(Reply.error(status, code, "m")));
  }

  @Test
  void f38ShouldUnderstandABare401And403() {
    Seen.rejected(Refusal.UNAUTHORIZED, wire.answered(Reply.of(401)));
    Seen.rejected(
        Refusal.UNAUTHORIZED,
        wire.answered(Reply.of(401).header("WWW-Authenticate", "Basic realm=x")));
    Seen.rejected(Refusal.FORBIDDEN, wire.answered(Reply.of(403)));
    Seen.rejected(Refusal.INVALID_REQUEST, wire.answered(Reply.of(407)));
  }

  @Test
  void f39ShouldAskOnceMoreWithANewNonceWhenTheClockIsWrong() {
    Instant past = Instant.parse("2001-02-03T04:05:06Z");
    try (CloudClient late = CloudClient.of(wire.cloud.endpoint()).clock(() -> past).build()) {
      Seen.rejected(Refusal.CLOCK_SKEW, late.describe(SampleTask.ID));
    }
    assertEquals(2, wire.requests());
    assertEquals(2, wire.differentNonces());
  }

  @Test
  void f39ShouldRecoverSilentlyWhenOnlyTheNonceWasUsed() {
    TaskLookup lookup =
        wire.answered(
            Reply.error(400, "SignatureNonceUsed", "m"),
            Reply.json(200, SampleTask.inState("failed")));

    assertEquals("failed", Seen.task(lookup).state());
    assertEquals(2, wire.requests());
    assertEquals(2, wire.differentNonces());
  }

  @ParameterizedTest
  @CsvSource({
    "x-acs-retry-after, 2500, 2500",
    "x-acs-retry-after, 0, 1000",
    "Retry-After, 86400, 300000",
    "Retry-After, garbage,",
    "Retry-After, -1,"
  })
  void f40ShouldPassABoundedHintOn(String header, String value, Long millis) {
    for (Reply reply :
        List.of(
            Reply.of(429),
            Reply.error(400, "Throttling.Api", "m"),
            Reply.error(503, "Rejected.Throttling", "m"))) {
      Throttled throttled =
          assertInstanceOf(Throttled.class, wire.answered(reply.header(header, value)));

      assertEquals(millis == null ? null : Duration.ofMillis(millis), throttled.retryAfter());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void f41ShouldBeUnavailableWhenTheServerFails(int status) {
    Seen.unavailable(Failure.API_UNAVAILABLE, wire.answered(Reply.of(status)));
    Seen.unavailable(Failure.API_UNAVAILABLE, wire.answered(Reply.html(status, "<html>CANARY")));
    Seen.unavailable(Failure.API_UNAVAILABLE, wire.answered(Reply.json(status, SUCCESS)));
    assertEquals(1, wire.requests());
  }
}
