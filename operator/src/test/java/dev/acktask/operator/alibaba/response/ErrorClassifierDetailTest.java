package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Throttled;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The message, the request id and the retry hint of an error answer. */
final class ErrorClassifierDetailTest {
  @Test
  void shouldNameAnUnknownCodeAndTheStatus() {
    Rejected rejected =
        assertInstanceOf(Rejected.class, Answer.of(400, "{\"code\":\"Novel.Code\"}").read());

    assertEquals(
        "The endpoint did not accept the request (Novel.Code, HTTP 400). Find the code in Alibaba"
            + " Cloud's error documentation; if it is not there, check the endpoint and the proxies"
            + " before it.",
        rejected.message());
  }

  @Test
  void shouldNameAKnownCodeAndTheStatus() {
    Rejected rejected =
        assertInstanceOf(
            Rejected.class, Answer.of(404, "{\"code\":\"InvalidAccessKeyId.NotFound\"}").read());

    assertEquals(
        "Alibaba Cloud does not know the access key (InvalidAccessKeyId.NotFound, HTTP 404). Check"
            + " that it exists and is enabled, and renew the connection's credentials.",
        rejected.message());
  }

  @Test
  void shouldNotNameAMalformedCode() {
    for (String code : new String[] {"a b", "<b>", "x".repeat(65), "a\\nb", "ｃ"}) {
      Rejected rejected =
          assertInstanceOf(Rejected.class, Answer.of(403, "{\"code\":\"" + code + "\"}").read());

      assertTrue(rejected.message().contains("(HTTP 403)"), rejected.message());
    }
  }

  @Test
  void shouldReadTheRequestIdFromTheHeaderWhenTheBodyHasNone() {
    assertEquals(
        "H-1",
        LookupAssertions.requestId(Answer.of(500, "").header("x-acs-request-id", "H-1").read()));
    assertEquals(
        "H-1",
        LookupAssertions.requestId(
            Answer.of(500, "{\"requestId\":\"not an id\"}")
                .header("x-acs-request-id", "H-1")
                .read()));
    assertNull(
        LookupAssertions.requestId(Answer.of(500, "").header("x-acs-request-id", "a\"b").read()));
  }

  @Test
  void shouldReportTheRetryAfterWhenThrottled() {
    Throttled throttled =
        assertInstanceOf(
            Throttled.class,
            Answer.of(400, "{\"code\":\"Throttling\"}").header("x-acs-retry-after", "1500").read());

    assertEquals(Duration.ofMillis(1_500), throttled.retryAfter());
  }
}
