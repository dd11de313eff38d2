package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskInfo.Problem;
import dev.acktask.operator.task.TaskInfo.Result;
import dev.acktask.operator.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B1, F1 to F6 and F15 to F21: the state and the fields that accompany it. */
final class TaskResponseReaderStateTest {
  @Test
  @Tag("F1")
  void shouldBeFoundWhenSuccessful() {
    TaskInfo task = LookupAssertions.task(SampleTask.inState("success"));

    assertEquals("success", task.state());
    assertEquals(SampleTask.ID, task.taskId());
  }

  @Test
  @Tag("F2")
  void shouldReportCodeAndMessageWhenFailed() {
    TaskInfo task = LookupAssertions.task(SampleTask.inState("failed"));

    assertEquals(TaskState.FAILED, TaskState.of(task.state()));
    assertEquals(new Problem("400", "failed to xxx"), task.error());
  }

  @Test
  @Tag("F3")
  void shouldBeFailedWhenTheStateIsFail() {
    LookupAssertions.state(TaskState.FAILED, SampleTask.inState("fail"));
  }

  @Test
  @Tag("F4")
  void shouldBeRunningWhenRunning() {
    LookupAssertions.state(TaskState.RUNNING, SampleTask.OFFICIAL);
  }

  @ParameterizedTest
  @Tag("F5")
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
  void shouldNotRecognizeAnotherSpellingOfSuccess(String spelling) {
    LookupAssertions.state(TaskState.UNRECOGNIZED, SampleTask.inState(spelling));
  }

  @ParameterizedTest
  @Tag("F5")
  @CsvSource({
    "' FAILED ', FAILED",
    "'Canceled', CANCELED",
    "'paused', PAUSED",
    "'succe\\u0073s', SUCCEEDED",
    "'succeeded', SUCCEEDED"
  })
  void shouldReportTheStateAsSent(String sent, TaskState expected) {
    LookupAssertions.state(expected, SampleTask.inState(sent));
  }

  @Test
  @Tag("F5")
  void shouldKeepAFailureThatIsPaddedToAnyLength() {
    LookupAssertions.state(TaskState.FAILED, SampleTask.inState("failed" + " ".repeat(100_000)));
  }

  @ParameterizedTest
  @Tag("F6")
  @ValueSource(strings = {"null", "1", "true", "{}", "[\"success\"]", "{\"state\":\"success\"}"})
  void shouldHoldWhenTheStateIsNotAString(String json) {
    LookupAssertions.invalid(SampleTask.withState(json));
  }

  @Test
  @Tag("F6")
  void shouldHoldWhenTheStateIsMissing() {
    LookupAssertions.invalid("{\"task_id\":\"" + SampleTask.ID + "\"}");
  }

  @Test
  @Tag("F15")
  void shouldReportTheCluster() {
    assertEquals(
        "c78592bfe92244365b3c3ad47f1de****",
        LookupAssertions.task(SampleTask.OFFICIAL).clusterId());
  }

  @Test
  @Tag("F16")
  void shouldKeepErrorAndFailedResultsBesideSuccess() {
    TaskInfo task =
        LookupAssertions.task(
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
  @Tag("F16")
  void shouldKeepAFailedResultWhoseStatusIsMalformed() {
    TaskInfo task =
        LookupAssertions.task(
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
  @Tag("F17")
  void shouldReportTheErrorOfARunningTask() {
    assertEquals(
        new Problem("400", "failed to xxx"), LookupAssertions.task(SampleTask.OFFICIAL).error());
  }

  @ParameterizedTest
  @Tag("F18")
  @ValueSource(
      strings = {
        "\"error\":null",
        "\"error\":{}",
        "\"error\":\"\"",
        "\"error\":{\"code\":\"\",\"message\":\" \"}",
        "\"error\":{\"code\":null,\"message\":null}",
        "\"other\":1"
      })
  void shouldHaveNoErrorWhenNoneIsGiven(String fields) {
    TaskInfo task = LookupAssertions.taskWith(fields);

    assertNull(task.error());
    assertEquals(TaskInfo.Omitted.NONE, task.omitted());
  }

  @Test
  @Tag("F19")
  @Tag("F20")
  void shouldReadEachAnswerIndependently() {
    // The evaluator keeps final verdicts; the reader holds no state between answers.
    LookupAssertions.state(TaskState.SUCCEEDED, SampleTask.inState("success"));
    LookupAssertions.state(TaskState.RUNNING, SampleTask.inState("running"));
    LookupAssertions.state(TaskState.FAILED, SampleTask.inState("failed"));
  }

  @Test
  @Tag("F21")
  void shouldReportTheTimeOfTheUpdateAsSent() {
    assertEquals("2020-11-10T16:03:06+08:00", LookupAssertions.task(SampleTask.OFFICIAL).updated());
  }
}
