package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.CloudClient;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NotFound;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.reply.Header;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B2, F37 to F42: what the status line, the headers and error bodies say. */
final class HttpCasesTest {
  private static final String SUCCESS = SampleTask.inState("success");

  private Simulator cloud;
  private CloudClient client;

  @BeforeEach
  void start() throws IOException {
    cloud = Simulator.builder().credential(CloudClient.ACCESS_KEY_ID, CloudClient.SECRET).start();
    client = CloudClient.of(cloud.endpoint()).build();
  }

  @AfterEach
  void stop() {
    client.close();
    cloud.close();
  }

  @Test
  void shouldFindTheTaskWhenAllIsWell() {
    TaskLookup lookup = answered(Reply.json(200, SUCCESS));

    assertEquals("success", Seen.task(lookup).state());
    assertNotNull(assertInstanceOf(TaskLookup.Found.class, lookup).requestId());
    assertEquals("GET /tasks/" + SampleTask.ID + " HTTP/1.1", cloud.served().get(0).requestLine());
  }

  @Test
  void shouldSignWithTheSecurityTokenOfASession() throws IOException {
    dev.acktask.simulator.signature.Credential session =
        new dev.acktask.simulator.signature.Credential(
            "STS.id", "secret", java.util.Optional.of("t/o+k=en"));
    cloud.credentials(session);
    cloud.answers(SampleTask.ID, Reply.json(200, SUCCESS));
    try (CloudClient sts =
        CloudClient.of(cloud.endpoint()).credential("STS.id", "secret", "t/o+k=en").build()) {
      assertEquals("success", Seen.task(sts.describe(SampleTask.ID)).state());
    }
  }

  @Test
  void shouldSendNoHeadersButThese() {
    answered(Reply.json(200, SUCCESS));

    assertEquals(
        List.of(
            "accept",
            "authorization",
            "content-length",
            "host",
            "user-agent",
            "x-acs-action",
            "x-acs-content-sha256",
            "x-acs-date",
            "x-acs-signature-nonce",
            "x-acs-version"),
        cloud.served().get(0).headers().stream()
            .map(header -> header.name().toLowerCase(java.util.Locale.ROOT))
            .sorted()
            .toList());
  }

  @Test
  void f37ShouldBeNotFoundWhenTheTaskIsUnknown() {
    assertInstanceOf(NotFound.class, client.describe("T-unknown"));
    assertInstanceOf(NotFound.class, answered(Reply.error(404, "ErrorTaskNotFound", "m")));
    assertInstanceOf(NotFound.class, answered(Reply.error(404, "TaskGone", "m")));
  }

  @Test
  void f37ShouldNotBeNotFoundWhenTheKeyOrThePathIsUnknown() {
    Seen.rejected(
        Refusal.UNAUTHORIZED,
        answered(Reply.gatewayError(404, "InvalidAccessKeyId.NotFound", "m")));
    Seen.rejected(
        Refusal.INVALID_REQUEST, answered(Reply.gatewayError(404, "InvalidAction.NotFound", "m")));
    Seen.unavailable(Failure.RESPONSE_INVALID, answered(Reply.html(404, "<html>not found")));
    Seen.unavailable(Failure.RESPONSE_INVALID, answered(Reply.of(404)));
  }

  @Test
  void f38ShouldBeUnauthorizedWhenTheCloudRefusesKeyOrSignature() {
    for (String[] key : new String[][] {{"other", "x"}, {CloudClient.ACCESS_KEY_ID, "CANARYno"}}) {
      try (CloudClient wrong =
          CloudClient.of(cloud.endpoint()).credential(key[0], key[1], null).build()) {
        TaskLookup lookup = wrong.describe(SampleTask.ID);

        Seen.rejected(Refusal.UNAUTHORIZED, lookup);
        assertFalse(lookup.toString().contains("CANARY"), lookup.toString());
        assertEquals(1, wrong.refusals());
      }
    }
    assertEquals(2, cloud.served().size());
  }

  @ParameterizedTest
  @CsvSource({
    "403, StatusForbidden, FORBIDDEN",
    "403, Forbidden.RAM, FORBIDDEN",
    "400, NoPermission, FORBIDDEN",
    "400, InvalidSecurityToken.Expired, UNAUTHORIZED"
  })
  void f38ShouldTellRefusalsApart(int status, String code, Refusal cause) {
    Seen.rejected(cause, answered(Reply.error(status, code, "m")));
  }

  @Test
  void f38ShouldUnderstandABare401And403() {
    Seen.rejected(Refusal.UNAUTHORIZED, answered(Reply.of(401)));
    Seen.rejected(
        Refusal.UNAUTHORIZED, answered(Reply.of(401).header("WWW-Authenticate", "Basic realm=x")));
    Seen.rejected(Refusal.FORBIDDEN, answered(Reply.of(403)));
    Seen.rejected(Refusal.INVALID_REQUEST, answered(Reply.of(407)));
  }

  @Test
  void f39ShouldAskOnceMoreWithANewNonceWhenTheClockIsWrong() {
    Instant past = Instant.parse("2001-02-03T04:05:06Z");
    try (CloudClient late = CloudClient.of(cloud.endpoint()).clock(() -> past).build()) {
      Seen.rejected(Refusal.CLOCK_SKEW, late.describe(SampleTask.ID));
    }
    assertDifferentNonces(2);
  }

  @Test
  void f39ShouldRecoverSilentlyWhenOnlyTheNonceWasUsed() {
    TaskLookup lookup =
        answered(
            Reply.error(400, "SignatureNonceUsed", "m"),
            Reply.json(200, SampleTask.inState("failed")));

    assertEquals("failed", Seen.task(lookup).state());
    assertDifferentNonces(2);
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
          assertInstanceOf(Throttled.class, answered(reply.header(header, value)));

      assertEquals(millis == null ? null : Duration.ofMillis(millis), throttled.retryAfter());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void f41ShouldBeUnavailableWhenTheServerFails(int status) {
    Seen.unavailable(Failure.API_UNAVAILABLE, answered(Reply.of(status)));
    Seen.unavailable(Failure.API_UNAVAILABLE, answered(Reply.html(status, "<html>CANARY")));
    Seen.unavailable(Failure.API_UNAVAILABLE, answered(Reply.json(status, SUCCESS)));
    assertEquals(3, cloud.served().size());
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 304, 305})
  void f42ShouldHoldWhenTheStatusIsNot200(int status) {
    Reply reply = status == 204 || status == 304 ? Reply.of(status) : Reply.json(status, SUCCESS);

    Seen.unavailable(Failure.RESPONSE_INVALID, answered(reply));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void f42ShouldNeverFollowARedirect(int status) throws IOException {
    try (Simulator other = Simulator.builder().withoutVerification().start()) {
      other.answers(SampleTask.ID, Reply.json(200, SUCCESS));
      String path = "/tasks/" + SampleTask.ID;
      for (String location :
          List.of(path, cloud.endpoint() + path, other.endpoint() + path, "http://127.0.0.1:1/")) {
        Seen.unavailable(Failure.RESPONSE_INVALID, answered(Reply.redirect(status, location)));
      }
      assertEquals(List.of(), other.served());
    }
    assertEquals(4, cloud.served().size());
  }

  @Test
  void f42ShouldReadTheAnswerBehindInterimOnes() {
    assertEquals(
        "success", Seen.task(answered(Reply.json(200, SUCCESS).afterInterim(102, 3))).state());
  }

  @Test
  void f42ShouldEndWhenInterimAnswersFlood() throws IOException {
    try (CloudClient brief =
        CloudClient.of(cloud.endpoint()).timeout(Duration.ofMillis(500)).build()) {
      cloud.answers(SampleTask.ID, Reply.json(200, SUCCESS).afterInterim(100, 50_000_000));

      TaskLookup lookup = brief.describe(SampleTask.ID);

      assertTrue(lookup instanceof TaskLookup.Unavailable, lookup.toString());
    }
  }

  private TaskLookup answered(Reply first, Reply... more) {
    cloud.answers(SampleTask.ID, first, more);
    return client.describe(SampleTask.ID);
  }

  private void assertDifferentNonces(int requests) {
    List<String> nonces =
        cloud.served().stream()
            .map(served -> Header.first(served.headers(), "x-acs-signature-nonce").orElseThrow())
            .toList();
    assertEquals(requests, nonces.size());
    assertEquals(requests, nonces.stream().distinct().count());
  }

  /** A refused request is a value with words for a person. */
  @Test
  void shouldSayWhatToDoWhenThereIsNoCredential() {
    TaskLookup lookup;
    try (CloudClient none =
        CloudClient.of(cloud.endpoint())
            .credential(dev.acktask.operator.alibaba.Credential.parse("", "", ""))
            .build()) {
      lookup = none.describe(SampleTask.ID);
    }

    Rejected rejected = assertInstanceOf(Rejected.class, lookup);
    assertEquals(Refusal.CREDENTIALS_MISSING, rejected.cause());
    assertEquals(List.of(), cloud.served());
  }
}
