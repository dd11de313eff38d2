package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fault catalogue B2, F29, F50 and F51 on the cloud: too large, not HTTP, or for another request.
 */
final class AlibabaTaskClientForeignBytesTest {
  private static final String SUCCESS = SampleTask.inState("success");
  @AutoClose private final SimulatedCloud cloud = new SimulatedCloud();

  @Test
  @Tag("F29")
  void shouldCloseTheConnectionWhenTheBodyGrowsTooLarge() {
    LookupAssertions.unavailable(
        Failure.RESPONSE_TOO_LARGE, cloud.answered(Response.endless(200_000_000L)));
    assertTrue(
        cloud.simulator.served().get(0).bytes() < 100_000_000L,
        "the client went on reading after the limit");
  }

  @Test
  @Tag("F29")
  void shouldNotReadABodyThatIsDeclaredTooLarge() {
    LookupAssertions.unavailable(
        Failure.RESPONSE_TOO_LARGE,
        cloud.answered(Response.json(200, SUCCESS).declaringLength(Answer.MAX_BYTES + 1L)));
  }

  @Test
  @Tag("F29")
  void shouldNotUnpackAGzipBomb() {
    LookupAssertions.unavailable(
        Failure.RESPONSE_INVALID, cloud.answered(Response.gzipBomb(10_000_000_000L)));
    LookupAssertions.unavailable(
        Failure.RESPONSE_INVALID, cloud.answered(Response.json(200, SUCCESS).gzip()));
  }

  @Test
  @Tag("F50")
  void shouldHoldWhenTheHeadersAreHuge() {
    LookupAssertions.unavailable(
        Failure.RESPONSE_INVALID,
        cloud.answered(Response.json(200, SUCCESS).headerFlood(16, 65_536)));
  }

  @Test
  @Tag("F50")
  void shouldReadAsManySmallHeadersAsServersSend() {
    assertTrue(cloud.answered(Response.json(200, SUCCESS).headerFlood(90, 10)) instanceof Found);
  }

  @Test
  @Tag("F50")
  void shouldHoldWhenThereAreAThousandSmallHeaders() {
    LookupAssertions.unavailable(
        Failure.RESPONSE_INVALID,
        cloud.answered(Response.json(200, SUCCESS).headerFlood(1_000, 10)));
  }

  @ParameterizedTest
  @Tag("F50")
  @ValueSource(
      strings = {
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1\r\n\r\n",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "{\"state\":\"success\"}\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\n: x\r\n\r\n",
        "\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000"
      })
  void shouldHoldWhenTheServerDoesNotSpeakHttp(String bytes) {
    TaskLookup lookup = cloud.answered(Response.raw(bytes.getBytes(StandardCharsets.ISO_8859_1)));

    assertTrue(lookup instanceof TaskLookup.Unavailable, lookup.toString());
  }

  @Test
  @Tag("F51")
  void shouldHoldWhenTheAnswerBelongsToAnotherRequest() {
    LookupAssertions.unavailable(
        Failure.TASK_ID_MISMATCH,
        cloud.answered(Response.json(200, SUCCESS.replace(SampleTask.ID, "T-other"))));
  }

  @Test
  @Tag("F51")
  void shouldNotReadTheRestOfOneAnswerAsTheNext() {
    String smuggled =
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(SUCCESS.getBytes(StandardCharsets.UTF_8).length, SUCCESS);
    String running = SampleTask.inState("running");
    Response two =
        Response.json(200, "")
            .body(Body.of(running + smuggled))
            .declaringLength(running.getBytes(StandardCharsets.UTF_8).length);

    assertEquals("running", LookupAssertions.task(cloud.answered(two)).state());
    assertEquals(
        "failed",
        LookupAssertions.task(cloud.answered(Response.json(200, SampleTask.inState("failed"))))
            .state());
  }
}
