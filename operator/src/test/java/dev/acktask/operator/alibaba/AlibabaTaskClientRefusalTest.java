package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NotFound;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B2, F37 to F41: errors that the cloud reports. */
final class AlibabaTaskClientRefusalTest {
  private static final String SUCCESS = SampleTask.inState("success");
  @AutoClose private final SimulatedCloud cloud = new SimulatedCloud();

  @Test
  @Tag("F37")
  void shouldBeNotFoundWhenTheTaskIsUnknown() {
    assertInstanceOf(NotFound.class, cloud.client.describe("T-unknown"));
    assertInstanceOf(NotFound.class, cloud.answered(Response.error(404, "ErrorTaskNotFound", "m")));
    assertInstanceOf(NotFound.class, cloud.answered(Response.error(404, "Task.NotFound", "m")));
  }

  @ParameterizedTest
  @Tag("F37")
  @MethodSource("notFoundByOthers")
  void shouldHoldWhenAnotherServerReportsNotFound(String body) {
    LookupAssertions.unavailable(
        Failure.RESPONSE_INVALID, cloud.answered(Response.json(404, body)));
  }

  /** A missing task stalls its object, so only an answer of ACK itself counts. */
  static List<String> notFoundByOthers() {
    return List.of(
        // A Kubernetes API server, also with an aggregated API that has tasks.
        """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",
         "message":"the server could not find the requested resource","reason":"NotFound",
         "details":{},"code":404}\
        """,
        """
        {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404,
         "message":"task.example.com \"T-5faa48fb31b6b8078d000006\" not found"}\
        """,
        // Web frameworks, with and without a code.
        """
        {"timestamp":"2026-01-01T00:00:00.000+00:00","status":404,"error":"Not Found",
         "path":"/tasks/T-5faa48fb31b6b8078d000006"}\
        """,
        """
        {"code":404,"message":"HTTP 404 Not Found"}\
        """,
        """
        {"code":"NOT_FOUND","message":"No route for task T-5faa48fb31b6b8078d000006 not found"}\
        """,
        """
        {"code":5,"message":"Not Found","details":[]}\
        """,
        // API gateways and load balancers.
        """
        {"message":"no Route matched with those values","request_id":"00000000"}\
        """,
        """
        {"code":"404 Route Not Found","message":"The requested route was not found"}\
        """,
        """
        {"code":"I404NF","message":"API not found","requestId":"R-1"}\
        """,
        """
        {"Code":"InvalidLoadBalancerId.NotFound","Message":"not found","RequestId":"R-1"}\
        """,
        // Another service behind the same name.
        """
        {"Code":"NoSuchKey","Message":"The specified key does not exist.","HostId":"h"}\
        """,
        """
        {"code":"404","message":"the task T-000000000000000000000000 not found"}\
        """,
        "<Error><Code>NoSuchBucket</Code></Error>");
  }

  @Test
  @Tag("F37")
  void shouldNotBeNotFoundWhenTheKeyOrThePathIsUnknown() {
    LookupAssertions.rejected(
        Refusal.UNAUTHORIZED,
        cloud.answered(Response.gatewayError(404, "InvalidAccessKeyId.NotFound", "m")));
    LookupAssertions.rejected(
        Refusal.INVALID_REQUEST,
        cloud.answered(Response.gatewayError(404, "InvalidAction.NotFound", "m")));
    LookupAssertions.unavailable(
        Failure.RESPONSE_INVALID, cloud.answered(Response.html(404, "<html>not found")));
    LookupAssertions.unavailable(Failure.RESPONSE_INVALID, cloud.answered(Response.of(404)));
  }

  @Test
  @Tag("F38")
  void shouldBeUnauthorizedWhenTheCloudRefusesKeyOrSignature() {
    for (String[] key : new String[][] {{"other", "x"}, {CloudClient.ACCESS_KEY_ID, "CANARYno"}}) {
      try (CloudClient wrong =
          CloudClient.of(cloud.simulator.endpoint()).credential(key[0], key[1], null).build()) {
        TaskLookup lookup = wrong.describe(SampleTask.ID);

        LookupAssertions.rejected(Refusal.UNAUTHORIZED, lookup);
        assertFalse(lookup.toString().contains("CANARY"), lookup.toString());
        assertEquals(1, wrong.refusals());
      }
    }
    assertEquals(2, cloud.requests());
  }

  @ParameterizedTest
  @Tag("F38")
  @CsvSource({
    "403, StatusForbidden, FORBIDDEN",
    "403, Forbidden.RAM, FORBIDDEN",
    "400, NoPermission, FORBIDDEN",
    "400, InvalidSecurityToken.Expired, UNAUTHORIZED"
  })
  void shouldClassifyErrorCodes(int status, String code, Refusal cause) {
    LookupAssertions.rejected(cause, cloud.answered(Response.error(status, code, "m")));
  }

  @Test
  @Tag("F38")
  void shouldClassifyStatus401And403WithoutABody() {
    LookupAssertions.rejected(Refusal.UNAUTHORIZED, cloud.answered(Response.of(401)));
    LookupAssertions.rejected(
        Refusal.UNAUTHORIZED,
        cloud.answered(Response.of(401).header("WWW-Authenticate", "Basic realm=x")));
    LookupAssertions.rejected(Refusal.FORBIDDEN, cloud.answered(Response.of(403)));
    LookupAssertions.rejected(Refusal.INVALID_REQUEST, cloud.answered(Response.of(407)));
  }

  @Test
  @Tag("F39")
  void shouldRetryOnceWithANewNonceWhenTheClockIsWrong() {
    Instant past = Instant.parse("2001-02-03T04:05:06Z");
    try (CloudClient late = CloudClient.of(cloud.simulator.endpoint()).clock(() -> past).build()) {
      LookupAssertions.rejected(Refusal.CLOCK_SKEW, late.describe(SampleTask.ID));
    }
    assertEquals(2, cloud.requests());
    assertEquals(2, cloud.distinctNonces());
  }

  @Test
  @Tag("F39")
  void shouldRecoverWhenTheNonceWasAlreadyUsed() {
    TaskLookup lookup =
        cloud.answered(
            Response.error(400, "SignatureNonceUsed", "m"),
            Response.json(200, SampleTask.inState("failed")));

    assertEquals("failed", LookupAssertions.task(lookup).state());
    assertEquals(2, cloud.requests());
    assertEquals(2, cloud.distinctNonces());
  }

  @ParameterizedTest
  @Tag("F40")
  @CsvSource({
    "x-acs-retry-after, 2500, 2500",
    "x-acs-retry-after, 0, 1000",
    "Retry-After, 86400, 300000",
    "Retry-After, garbage,",
    "Retry-After, -1,"
  })
  void shouldReportABoundedRetryAfter(String header, String value, Long millis) {
    for (Response reply :
        List.of(
            Response.of(429),
            Response.error(400, "Throttling.Api", "m"),
            Response.error(503, "Rejected.Throttling", "m"))) {
      Throttled throttled =
          assertInstanceOf(Throttled.class, cloud.answered(reply.header(header, value)));

      assertEquals(millis == null ? null : Duration.ofMillis(millis), throttled.retryAfter());
    }
  }

  @ParameterizedTest
  @Tag("F41")
  @ValueSource(ints = {500, 502, 503, 504})
  void shouldBeUnavailableWhenTheServerFails(int status) {
    LookupAssertions.unavailable(Failure.API_UNAVAILABLE, cloud.answered(Response.of(status)));
    LookupAssertions.unavailable(
        Failure.API_UNAVAILABLE, cloud.answered(Response.html(status, "<html>CANARY")));
    LookupAssertions.unavailable(
        Failure.API_UNAVAILABLE, cloud.answered(Response.json(status, SUCCESS)));
    assertEquals(1, cloud.requests());
  }
}
