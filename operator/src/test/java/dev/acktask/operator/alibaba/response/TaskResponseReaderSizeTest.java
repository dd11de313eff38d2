package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue F29: bodies that are too large or encoded. */
final class TaskResponseReaderSizeTest {
  @Test
  @Tag("F29")
  void shouldHoldWhenTheBodyIsTooLarge() {
    String body = SampleTask.minimal("success", "\"x\":\"" + "x".repeat(Answer.MAX_BYTES) + "\"");

    LookupAssertions.unavailable(Failure.RESPONSE_TOO_LARGE, Answer.of(200, body).read());
  }

  @Test
  @Tag("F29")
  void shouldReadABodyOfExactlyTheLimit() {
    String frame = SampleTask.minimal("failed", "\"x\":\"\"");
    String body =
        SampleTask.minimal(
            "failed", "\"x\":\"" + "x".repeat(Answer.MAX_BYTES - frame.length()) + "\"");

    assertEquals(Answer.MAX_BYTES, body.length());
    LookupAssertions.state(TaskState.FAILED, body);
  }

  @Test
  @Tag("F29")
  void shouldClassifyAnOversizedErrorPageByItsStatus() {
    LookupAssertions.unavailable(
        Failure.API_UNAVAILABLE, Answer.of(503, "x".repeat(Answer.MAX_BYTES + 1)).read());
  }

  @ParameterizedTest
  @Tag("F29")
  @ValueSource(strings = {"gzip", "br", "deflate", "identity, gzip", ""})
  void shouldHoldWhenTheBodyIsEncoded(String encoding) {
    LookupAssertions.unavailable(
        Failure.RESPONSE_INVALID,
        Answer.of(200, SampleTask.inState("success")).header("content-encoding", encoding).read());
  }

  @Test
  @Tag("F29")
  void shouldReadABodyWithIdentityEncoding() {
    LookupAssertions.task(
        Answer.of(200, SampleTask.OFFICIAL).header("content-encoding", "Identity").read());
  }
}
