package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Found;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.simulator.reply.Body;
import dev.acktask.simulator.reply.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fault catalogue B2, F29, F50 and F51 on the wire: too much, not HTTP, or meant for another
 * request.
 */
final class ForeignBytesCasesTest {
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
  void f29ShouldHangUpWhenTheBodyGrowsTooLarge() {
    Seen.unavailable(Failure.RESPONSE_TOO_LARGE, wire.answered(Reply.endless(200_000_000L)));
    assertTrue(wire.cloud.served().get(0).bytes() < 100_000_000L, "read on after the cap");
  }

  @Test
  void f29ShouldNotReadABodyThatIsDeclaredTooLarge() {
    Seen.unavailable(
        Failure.RESPONSE_TOO_LARGE,
        wire.answered(Reply.json(200, SUCCESS).declaringLength(Answer.MAX_BYTES + 1L)));
  }

  @Test
  void f29ShouldNotUnpackAGzipBomb() {
    Seen.unavailable(Failure.RESPONSE_INVALID, wire.answered(Reply.gzipBomb(10_000_000_000L)));
    Seen.unavailable(Failure.RESPONSE_INVALID, wire.answered(Reply.json(200, SUCCESS).gzip()));
  }

  @Test
  void f50ShouldHoldWhenTheHeadersAreHuge() {
    Seen.unavailable(
        Failure.RESPONSE_INVALID, wire.answered(Reply.json(200, SUCCESS).headerFlood(16, 65_536)));
  }

  @Test
  void f50ShouldReadAsManySmallHeadersAsServersSend() {
    assertTrue(wire.answered(Reply.json(200, SUCCESS).headerFlood(90, 10)) instanceof Found);
  }

  @Test
  void f50ShouldHoldWhenThereAreAThousandSmallHeaders() {
    Seen.unavailable(
        Failure.RESPONSE_INVALID, wire.answered(Reply.json(200, SUCCESS).headerFlood(1_000, 10)));
  }

  @ParameterizedTest
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
  void f50ShouldHoldWhenTheServerDoesNotSpeakHttp(String bytes) {
    TaskLookup lookup = wire.answered(Reply.raw(bytes.getBytes(StandardCharsets.ISO_8859_1)));

    assertTrue(lookup instanceof TaskLookup.Unavailable, lookup.toString());
  }

  @Test
  void f51ShouldHoldWhenTheAnswerIsThatOfAnotherRequest() {
    Seen.unavailable(
        Failure.TASK_ID_MISMATCH,
        wire.answered(Reply.json(200, SUCCESS.replace(SampleTask.ID, "T-other"))));
  }

  @Test
  void f51ShouldNotReadTheRestOfOneAnswerAsTheNext() {
    String smuggled =
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(SUCCESS.getBytes(StandardCharsets.UTF_8).length, SUCCESS);
    String running = SampleTask.inState("running");
    Reply two =
        Reply.json(200, "")
            .body(Body.of(running + smuggled))
            .declaringLength(running.getBytes(StandardCharsets.UTF_8).length);

    assertEquals("running", Seen.task(wire.answered(two)).state());
    assertEquals(
        "failed", Seen.task(wire.answered(Reply.json(200, SampleTask.inState("failed")))).state());
  }
}
