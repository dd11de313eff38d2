package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskInfo.Problem;
import dev.acktask.operator.task.TaskInfo.Result;
import dev.acktask.operator.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B1, F1 to F6 and F15 to F21: the state word and what stands beside it. */
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
