package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NotFound;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B1, F7 to F14: what is one answer for the task that was asked for. */
final class DocumentCasesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"state\":\"success\"",
        "\"state\":\"failed\"",
        "\"st\\u0061te\":\"success\"",
        "\"task_id\":\"T-other\"",
        "\"whatever\":1,\"whatever\":1"
      })
  void f07ShouldHoldWhenATopLevelNameIsThereTwice(String again) {
    Seen.invalid(SampleTask.minimal("failed", again));
  }

  @Test
  void f07ShouldKeepTheVerdictWhenANestedNameIsThereTwice() {
    TaskInfo task = Seen.taskWith("\"target\":{\"id\":\"a\",\"id\":\"b\"}");

    assertEquals("a", task.target().id());
    assertEquals(1, task.omitted().fields());
  }

  @ParameterizedTest
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
  void f08ShouldHoldWhenTheJsonIsLenient(String body) {
    Seen.invalid(body.replace("%s", SampleTask.ID));
  }

  @Test
  void f08ShouldHoldWhenTheTextIsUtf16() {
    byte[] utf16 = SampleTask.inState("success").getBytes(StandardCharsets.UTF_16LE);

    Seen.unavailable(Failure.RESPONSE_INVALID, Answer.of(200, utf16).read());
  }

  @Test
  void f09ShouldHoldWhenCutAtAnyByte() {
    byte[] body = SampleTask.inState("success").strip().getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < body.length; length++) {
      TaskLookup lookup = Answer.of(200, Arrays.copyOf(body, length)).read();
      Seen.unavailable(Failure.RESPONSE_INVALID, lookup);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "{}", "{\"state\":\"failed\"}", "]", "}", ",", "null", "\"\"", "1", "\u0000"})
  void f10ShouldHoldWhenSomethingFollowsTheObject(String more) {
    Seen.invalid(SampleTask.inState("success") + more);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "[]", "\"success\"", "true", "0", "[{}]"})
  void f11ShouldHoldWhenTheBodyIsNoObject(String body) {
    Seen.invalid(body);
  }

  @Test
  void f11ShouldHoldWhenTheObjectIsEmpty() {
    Seen.unavailable(Failure.TASK_ID_MISMATCH, Answer.of(200, "{}").read());
  }

  @Test
  void f12ShouldGoByTheCodeWhenAnErrorComesWithStatus200() {
    String body = "{\"code\":\"%s\",\"message\":\"m\",\"requestId\":\"R-1\"}";

    Seen.rejected(Refusal.FORBIDDEN, Answer.of(200, body.formatted("StatusForbidden")).read());
    assertEquals(
        Throttled.class, Answer.of(200, body.formatted("Throttling.User")).read().getClass());
    assertEquals(
        NotFound.class, Answer.of(200, body.formatted("ErrorTaskNotFound")).read().getClass());
    Seen.unavailable(
        Failure.RESPONSE_INVALID, Answer.of(200, body.formatted("SomethingElse")).read());
  }

  @Test
  void f12ShouldReadTheTaskWhenACodeStandsBesideItsState() {
    assertEquals("failed", Seen.taskWith("\"code\":\"StatusForbidden\",\"message\":\"m\"").state());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json", "text/plain"})
  void f13ShouldHoldAndQuoteNothingWhenAPageComes(String contentType) {
    String page = "<html><body>Please log in, CANARY</body></html>";
    TaskLookup lookup = Answer.of(200, page).header("content-type", contentType).read();

    Seen.unavailable(Failure.RESPONSE_INVALID, lookup);
    assertFalse(lookup.toString().contains("CANARY"));
  }

  @ParameterizedTest
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
  void f14ShouldHoldWhenAnotherTaskIsNamed(String body) {
    Seen.unavailable(Failure.TASK_ID_MISMATCH, Answer.of(200, body).read());
  }

  @Test
  void f42ShouldReadATaskFromNoStatusBut200() {
    for (int status = 100; status < 600; status++) {
      TaskLookup lookup = Answer.of(status, SampleTask.inState("success")).read();

      assertEquals(status == 200, lookup instanceof TaskLookup.Found, "status " + status);
    }
  }
}
