package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskInfo.Problem;
import dev.acktask.operator.task.TaskInfo.Result;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NotFound;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Throttled;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B1, F1 to F21: the state word, the identity of the task, whole documents. */
final class StateCasesTest {
  @Test
  void f01ShouldBeFoundWhenSuccessful() {
    TaskInfo task = Seen.task(SampleTask.inState("success"));

    assertEquals("success", task.state());
    assertEquals(SampleTask.ID, task.taskId());
  }

  @Test
  void f02ShouldShowCodeAndMessageWhenFailed() {
    TaskInfo task = Seen.task(SampleTask.inState("failed"));

    assertEquals(TaskState.FAILED, TaskState.of(task.state()));
    assertEquals(new Problem("400", "failed to xxx"), task.error());
  }

  @Test
  void f03ShouldBeFailedWhenTheWordIsFail() {
    Seen.state(TaskState.FAILED, SampleTask.inState("fail"));
  }

  @Test
  void f04ShouldBeRunningWhenRunning() {
    Seen.state(TaskState.RUNNING, SampleTask.OFFICIAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUCCESS",
        "Success",
        " success ",
        "success\\n",
        "ｓuccess",
        "",
        "completed",
        "success\\u0000",
        "\\ufeffsuccess",
        "success\\u200b",
        "succes\\u017f"
      })
  void f05ShouldKeepTheRawWordWhenSuccessIsSpelledOtherwise(String word) {
    Seen.state(TaskState.UNRECOGNIZED, SampleTask.inState(word));
  }

  @ParameterizedTest
  @CsvSource({
    "' FAILED ', FAILED",
    "'Canceled', CANCELED",
    "'paused', PAUSED",
    "'succe\\u0073s', SUCCEEDED",
    "'succeeded', SUCCEEDED"
  })
  void f05ShouldPassTheWordOnAsItIs(String word, TaskState state) {
    Seen.state(state, SampleTask.inState(word));
  }

  @Test
  void f05ShouldKeepAFailureThatIsPaddedToAnyLength() {
    Seen.state(TaskState.FAILED, SampleTask.inState("failed" + " ".repeat(100_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "true", "{}", "[\"success\"]", "{\"state\":\"success\"}"})
  void f06ShouldHoldWhenTheStateIsNotAString(String json) {
    Seen.invalid(SampleTask.withState(json));
  }

  @Test
  void f06ShouldHoldWhenTheStateIsMissing() {
    Seen.invalid("{\"task_id\":\"" + SampleTask.ID + "\"}");
  }

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
    byte[] utf16 =
        SampleTask.inState("success").getBytes(java.nio.charset.StandardCharsets.UTF_16LE);

    Seen.unavailable(Failure.RESPONSE_INVALID, Answer.of(200, utf16).read());
  }

  @Test
  void f09ShouldHoldWhenCutAtAnyByte() {
    byte[] body =
        SampleTask.inState("success").strip().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int length = 0; length < body.length; length++) {
      TaskLookup lookup = Answer.of(200, java.util.Arrays.copyOf(body, length)).read();
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
  void f15ShouldTellTheClusterForTheCheck() {
    assertEquals("c78592bfe92244365b3c3ad47f1de****", Seen.task(SampleTask.OFFICIAL).clusterId());
  }

  @Test
  void f16ShouldKeepErrorAndFailedResultsBesideSuccess() {
    TaskInfo task =
        Seen.task(
            SampleTask.minimal(
                "success",
                "\"error\":{\"code\":\"BadRequest\",\"message\":\"Addon status not match\"},"
                    + "\"task_result\":[{\"data\":\"a\",\"status\":\"success\"},"
                    + "{\"data\":\"b\",\"status\":\"failed\"},{\"data\":\"c\"}]"));

    assertEquals(new Problem("BadRequest", "Addon status not match"), task.error());
    assertEquals(
        List.of(new Result("a", "success"), new Result("b", "failed"), new Result("c", null)),
        task.results());
  }

  @Test
  void f16ShouldKeepAFailedResultWhateverIsDoneToItsStatus() {
    TaskInfo task =
        Seen.task(
            SampleTask.minimal(
                "success",
                "\"task_result\":[{\"status\":\"success\",\"status\":\"failed\"},"
                    + "{\"status\":\"failed\",\"status\":\"success\"},"
                    + "{\"data\":{},\"status\":\""
                    + " ".repeat(10_000)
                    + "FAILED\"}]"));

    assertEquals(3, task.results().size());
    task.results().forEach(result -> assertEquals(TaskState.FAILED, TaskState.of(result.status())));
  }

  @Test
  void f17ShouldShowTheErrorOfARunningTask() {
    assertEquals(new Problem("400", "failed to xxx"), Seen.task(SampleTask.OFFICIAL).error());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"error\":null",
        "\"error\":{}",
        "\"error\":\"\"",
        "\"error\":{\"code\":\"\",\"message\":\" \"}",
        "\"error\":{\"code\":null,\"message\":null}",
        "\"other\":1"
      })
  void f18ShouldHaveNoErrorWhenNoneIsGiven(String fields) {
    TaskInfo task = Seen.taskWith(fields);

    assertNull(task.error());
    assertEquals(TaskInfo.Omitted.NONE, task.omitted());
  }

  @Test
  void f19f20ShouldReadEachAnswerOnItsOwn() {
    // The latch is the evaluator's: the reader knows no answer but this one.
    Seen.state(TaskState.SUCCEEDED, SampleTask.inState("success"));
    Seen.state(TaskState.RUNNING, SampleTask.inState("running"));
    Seen.state(TaskState.FAILED, SampleTask.inState("failed"));
  }

  @Test
  void f21ShouldPassTheTimeOfTheUpdateOnAsItIs() {
    assertEquals("2020-11-10T16:03:06+08:00", Seen.task(SampleTask.OFFICIAL).updated());
  }
}
