package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NotFound;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B1, F7 to F14: the conditions for one answer about the polled task. */
final class TaskResponseReaderDocumentTest {
  @ParameterizedTest
  @Tag("F7")
  @ValueSource(
      strings = {
        "\"state\":\"success\"",
        "\"state\":\"failed\"",
        "\"st\\u0061te\":\"success\"",
        "\"task_id\":\"T-other\"",
        "\"whatever\":1,\"whatever\":1"
      })
  void shouldHoldWhenATopLevelNameIsDuplicated(String again) {
    LookupAssertions.invalid(SampleTask.minimal("failed", again));
  }

  @Test
  @Tag("F7")
  void shouldKeepTheVerdictWhenANestedNameIsDuplicated() {
    TaskInfo task = LookupAssertions.taskWith("\"target\":{\"id\":\"a\",\"id\":\"b\"}");

    assertEquals("a", task.target().id());
    assertEquals(1, task.omitted().fields());
  }

  @ParameterizedTest
  @Tag("F8")
  @ValueSource(
      strings = {
        "{'task_id':'%s','state':'success'}",
        "{task_id:\"%s\",\"state\":\"success\"}",
        "/* c */{\"task_id\":\"%s\",\"state\":\"success\"}",
        "{\"task_id\":\"%s\",\"state\":\"success\"} // c",
        "# c\n{\"task_id\":\"%s\",\"state\":\"success\"}",
        "{\"task_id\":\"%s\",\"state\":\"success\",}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":NaN}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":Infinity}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":+1}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":01}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":.5}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":1.}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":0x1}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":[1,,2]}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":[1,]}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":\"a\tb\"}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":\"\\'\"}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":TRUE}",
        "{\"task_id\":\"%s\",\"state\":\"success\",\"x\":undefined}",
        "\uFEFF{\"task_id\":\"%s\",\"state\":\"success\"}",
        ")]}'\n{\"task_id\":\"%s\",\"state\":\"success\"}",
        "\u00a0{\"task_id\":\"%s\",\"state\":\"success\"}",
        "\f{\"task_id\":\"%s\",\"state\":\"success\"}",
        "callback({\"task_id\":\"%s\",\"state\":\"success\"})",
        "{\"task_id\":\"%s\";\"state\":\"success\"}",
        "{\"task_id\"=\"%s\",\"state\":\"success\"}"
      })
  void shouldHoldWhenTheJsonIsLenient(String body) {
    LookupAssertions.invalid(body.replace("%s", SampleTask.ID));
  }

  @Test
  @Tag("F8")
  void shouldHoldWhenTheTextIsUtf16() {
    byte[] utf16 = SampleTask.inState("success").getBytes(StandardCharsets.UTF_16LE);

    LookupAssertions.unavailable(Failure.RESPONSE_INVALID, Answer.of(200, utf16).read());
  }

  @Test
  @Tag("F9")
  void shouldHoldWhenCutAtAnyByte() {
    byte[] body = SampleTask.inState("success").strip().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < body.length; length++) {
      TaskLookup lookup = Answer.of(200, Arrays.copyOf(body, length)).read();
      LookupAssertions.unavailable(Failure.RESPONSE_INVALID, lookup);
    }
  }

  @ParameterizedTest
  @Tag("F10")
  @ValueSource(
      strings = {"x", "{}", "{\"state\":\"failed\"}", "]", "}", ",", "null", "\"\"", "1", "\u0000"})
  void shouldHoldWhenSomethingFollowsTheObject(String more) {
    LookupAssertions.invalid(SampleTask.inState("success") + more);
  }

  @ParameterizedTest
  @Tag("F11")
  @ValueSource(strings = {"", " ", "null", "[]", "\"success\"", "true", "0", "[{}]"})
  void shouldHoldWhenTheBodyIsNotAnObject(String body) {
    LookupAssertions.invalid(body);
  }

  @Test
  @Tag("F11")
  void shouldHoldWhenTheObjectIsEmpty() {
    LookupAssertions.unavailable(Failure.TASK_ID_MISMATCH, Answer.of(200, "{}").read());
  }

  @Test
  @Tag("F12")
  void shouldClassifyAnErrorWithStatus200ByItsCode() {
    String body = "{\"code\":\"%s\",\"message\":\"m\",\"requestId\":\"R-1\"}";

    LookupAssertions.rejected(
        Refusal.FORBIDDEN, Answer.of(200, body.formatted("StatusForbidden")).read());
    assertEquals(
        Throttled.class, Answer.of(200, body.formatted("Throttling.User")).read().getClass());
    assertEquals(
        NotFound.class, Answer.of(200, body.formatted("ErrorTaskNotFound")).read().getClass());
    LookupAssertions.unavailable(
        Failure.RESPONSE_INVALID, Answer.of(200, body.formatted("SomethingElse")).read());
  }

  @Test
  @Tag("F12")
  void shouldReadTheTaskWhenTheAnswerAlsoHasACode() {
    assertEquals(
        "failed",
        LookupAssertions.taskWith("\"code\":\"StatusForbidden\",\"message\":\"m\"").state());
  }

  @ParameterizedTest
  @Tag("F13")
  @ValueSource(strings = {"text/html", "application/json", "text/plain"})
  void shouldHoldAndQuoteNothingWhenTheBodyIsHtml(String contentType) {
    String page = "<html><body>Please log in, CANARY</body></html>";
    TaskLookup lookup = Answer.of(200, page).header("content-type", contentType).read();

    LookupAssertions.unavailable(Failure.RESPONSE_INVALID, lookup);
    assertFalse(lookup.toString().contains("CANARY"));
  }

  @ParameterizedTest
  @Tag("F14")
  @ValueSource(
      strings = {
        "{\"task_id\":\"T-other\",\"state\":\"success\"}",
        "{\"task_id\":\"t-5FAA48FB31B6B8078D000006\",\"state\":\"success\"}",
        "{\"task_id\":\"T-5faa48fb31b6b8078d000006 \",\"state\":\"success\"}",
        "{\"task_id\":\"T-5faa48fb31b6b8078d000006\\u0000\",\"state\":\"success\"}",
        "{\"task_id\":\"T\u20115faa48fb31b6b8078d000006\",\"state\":\"success\"}",
        "{\"task_id\":[\"T-5faa48fb31b6b8078d000006\"],\"state\":\"success\"}",
        "{\"task_id\":null,\"state\":\"success\"}",
        "{\"state\":\"success\"}",
        "{\"x\":{\"task_id\":\"T-5faa48fb31b6b8078d000006\"},\"state\":\"success\"}",
        "{\"Task_id\":\"T-5faa48fb31b6b8078d000006\",\"state\":\"success\"}"
      })
  void shouldHoldWhenTheAnswerNamesAnotherTask(String body) {
    LookupAssertions.unavailable(Failure.TASK_ID_MISMATCH, Answer.of(200, body).read());
  }

  @Test
  @Tag("F42")
  void shouldReadATaskOnlyFromStatus200() {
    for (int status = 100; status < 600; status++) {
      TaskLookup lookup = Answer.of(status, SampleTask.inState("success")).read();

      assertEquals(status == 200, lookup instanceof TaskLookup.Found, "status " + status);
    }
  }
}
