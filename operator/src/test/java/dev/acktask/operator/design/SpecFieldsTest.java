package dev.acktask.operator.design;

import static dev.acktask.operator.design.Mirrored.SPEC;
import static dev.acktask.operator.design.Mirrored.TASK_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The fields of a spec: what each one asks for. What the API server itself refuses, and what takes
 * more than one visit, is shown elsewhere.
 */
final class SpecFieldsTest {
  private static final String FAILED_RESULT =
      "\"task_result\": [{\"data\": \"i-1\", \"status\": \"failed\"}]";

  @ParameterizedTest
  @ValueSource(strings = {"success", "failed", "running"})
  void shouldMirrorNothingWhenTheClusterIsNotTheOneAskedFor(String word) {
    Mirrored task = new Mirrored(withClusterId("c2")).sees(word);
    for (String field : List.of("state", "taskType", "clusterId", "stages", "error")) {
      assertFalse(task.status().has(field), field);
    }
  }

  @Test
  void shouldFollowTheTaskWhenTheClusterIsTheOneAskedFor() {
    assertEquals("Running", new Mirrored(withClusterId("c1")).sees("running").status("/phase"));
  }

  @ParameterizedTest
  @CsvSource({",15", "1m30s,90", "15s,15", "1s,5"})
  void shouldPollAtTheIntervalGiveOrTakeATenth(String interval, long seconds) {
    long millis = new Mirrored(withInterval(interval)).sees("running").nextLook().toMillis();
    assertTrue(Math.abs(millis - seconds * 1_000) <= seconds * 100, () -> millis + " ms");
  }

  @Test
  void shouldSayInAConditionWhenTheIntervalIsClamped() {
    String message = new Mirrored(withInterval("1s")).sees("running").message("Synced");
    assertEquals("pollInterval is below the operator's minimum; polled every 5s.", message);
  }

  @ParameterizedTest
  @CsvSource({"running, Running", "success, Succeeded", "failed, Failed"})
  void shouldKeepThePhaseWhenSuspended(String word, String phase) {
    AckTaskSpec suspended = new AckTaskSpec(TASK_ID, null, null, true, null, null, null, null);
    Mirrored task = Mirrored.saying(word).edited(suspended).isVisited();
    assertEquals(phase, task.status("/phase"));
    assertNull(task.nextLook());
  }

  @Test
  void shouldBeOverdueWhenTheDeadlineAfterTheTasksCreationHasPassed() {
    Mirrored task =
        new Mirrored(withDeadline("1h")).sees("running", "\"created\": \"2026-01-02T02:30:00Z\"");
    assertEquals("-", task.condition("Overdue"));
    task.after(Duration.ofMinutes(30)).isVisited();
    assertEquals("True/DeadlineExceeded", task.condition("Overdue"));
  }

  @Test
  void shouldMeasureTheDeadlineFromTheObjectsCreationWhenTheTasksIsNotKnown() {
    Mirrored task = new Mirrored(withDeadline("1h")).sees("running");
    assertEquals("-", task.after(Duration.ofMinutes(59)).isVisited().condition("Overdue"));
    assertEquals(
        "True/DeadlineExceeded",
        task.after(Duration.ofMinutes(1)).isVisited().condition("Overdue"));
  }

  @Test
  void shouldGoOnAndWarnOnceWhenOverdue() {
    Mirrored task = new Mirrored(withDeadline("1h")).sees("running").after(Duration.ofHours(1));
    for (int i = 0; i < 3; i++) {
      task.sees("running").shows("Running", "Unknown/Running", true, false, "True/Observed", false);
    }
    assertEquals(List.of("TaskRunning", "Overdue"), task.told);
    assertEquals("-", task.sees("success").condition("Overdue"));
  }

  @ParameterizedTest
  @CsvSource({
    ",           false, Failed",
    "Strict,    false, Failed",
    "StateOnly, false, Succeeded",
    "StateOnly,  true,  Failed"
  })
  void shouldWeighFailedResultsAsThePolicySays(String policy, boolean failed, String phase) {
    AckTaskSpec spec = new AckTaskSpec(TASK_ID, null, null, null, null, null, null, policy);
    Mirrored task = new Mirrored(spec).sees(failed ? "failed" : "success", FAILED_RESULT);
    assertEquals(phase, task.status("/phase"));
  }

  @ParameterizedTest
  @CsvSource({",false,false", "Parameters,true,false", "Outputs,false,true"})
  void shouldMirrorParametersAndOutputsOnRequestOnly(String part, boolean first, boolean second) {
    List<String> include = part == null ? null : List.of(part);
    AckTaskSpec spec = new AckTaskSpec(TASK_ID, null, null, null, null, null, include, null);
    String fields = "\"parameters\": {\"a\": 1}, \"stages\": [{\"outputs\": {\"token\": \"x\"}}]";
    Mirrored task = new Mirrored(spec).sees("running", fields);
    assertEquals(first ? "{\"a\":1}" : "", task.status("/parameters"));
    assertEquals(second ? "{\"token\":\"***\"}" : "", task.status("/stages/0/outputs"));
  }

  @ParameterizedTest
  @CsvSource({"running, Running", "success, Succeeded", "failed, Failed", "canceled, Canceled"})
  void shouldAnswerARefreshRequestWhetherFinishedOrNot(String word, String phase) {
    Mirrored task = Mirrored.saying(word).refreshRequested("one").sees(word);
    assertEquals(phase, task.status("/phase"));
    assertEquals("one", task.status("/lastHandledRefreshAt"));
    assertEquals("two", task.refreshRequested("two").sees(word).status("/lastHandledRefreshAt"));
  }

  @Test
  void shouldKeepTheObjectWhenNoTtlIsSet() {
    assertNull(SPEC.ttlSecondsAfterFinished());
    assertNull(Mirrored.saying("success").visitAgain());
    AckTaskSpec hour = new AckTaskSpec(TASK_ID, null, null, null, null, 3_600L, null, null);
    assertEquals(Duration.ofHours(1), new Mirrored(hour).sees("success").visitAgain());
  }

  @Test
  void shouldKeepTheObjectTenMinutesWhenTheTtlIsShorter() {
    AckTaskSpec minute = new AckTaskSpec(TASK_ID, null, null, null, null, 60L, null, null);
    assertEquals(Duration.ofMinutes(10), new Mirrored(minute).sees("failed").visitAgain());
  }

  private static AckTaskSpec withClusterId(String clusterId) {
    return new AckTaskSpec(TASK_ID, clusterId, null, null, null, null, null, null);
  }

  private static AckTaskSpec withInterval(String interval) {
    return new AckTaskSpec(TASK_ID, null, interval, null, null, null, null, null);
  }

  private static AckTaskSpec withDeadline(String deadline) {
    return new AckTaskSpec(TASK_ID, null, null, null, deadline, null, null, null);
  }
}
