package dev.acktask.operator.decision;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static dev.acktask.operator.decision.MirroredTask.SPEC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Effect of each spec field within one reconcile. */
final class SpecFieldsTest {
  private static final String FAILED_RESULT =
      "\"task_result\": [{\"data\": \"i-1\", \"status\": \"failed\"}]";

  @ParameterizedTest
  @ValueSource(strings = {"success", "failed", "running"})
  @Tag("F15")
  void shouldMirrorNothingWhenTheClusterIsNotTheRequiredOne(String state) {
    MirroredTask task = new MirroredTask(withClusterId("c2")).observes(state);
    for (String field : List.of("state", "taskType", "clusterId", "stages", "error")) {
      assertFalse(task.status().has(field), field);
    }
  }

  @Test
  void shouldMirrorTheTaskWhenTheClusterIsTheRequiredOne() {
    assertEquals(
        "Running", new MirroredTask(withClusterId("c1")).observes("running").status("/phase"));
  }

  @ParameterizedTest
  @CsvSource({",15", "1m30s,90", "15s,15", "1s,5"})
  void shouldPollAtTheIntervalWithTenPercentJitter(String interval, long seconds) {
    long millis =
        new MirroredTask(withInterval(interval)).observes("running").nextPoll().toMillis();
    assertTrue(Math.abs(millis - seconds * 1_000) <= seconds * 100, () -> millis + " ms");
  }

  @Test
  void shouldReportInAConditionThatTheIntervalIsClamped() {
    String message = new MirroredTask(withInterval("1s")).observes("running").message("Synced");
    assertEquals("pollInterval is below the operator's minimum; polled every 5s.", message);
  }

  @ParameterizedTest
  @CsvSource({"running, Running", "success, Succeeded", "failed, Failed"})
  void shouldKeepThePhaseWhenSuspended(String state, String phase) {
    AckTaskSpec suspended = spec().suspend(true).build();
    MirroredTask task = MirroredTask.observing(state).edited(suspended).reconciled();
    assertEquals(phase, task.status("/phase"));
    assertNull(task.nextPoll());
  }

  @Test
  void shouldBeOverdueWhenTheDeadlineAfterTheTasksCreationHasPassed() {
    MirroredTask task =
        new MirroredTask(withDeadline("1h"))
            .observes("running", "\"created\": \"2026-01-02T02:30:00Z\"");
    assertEquals("-", task.condition("Overdue"));
    task.after(Duration.ofMinutes(30)).reconciled();
    assertEquals("True/DeadlineExceeded", task.condition("Overdue"));
  }

  @Test
  void shouldMeasureTheDeadlineFromTheObjectWhenTheTasksCreationIsUnknown() {
    MirroredTask task = new MirroredTask(withDeadline("1h")).observes("running");
    assertEquals("-", task.after(Duration.ofMinutes(59)).reconciled().condition("Overdue"));
    assertEquals(
        "True/DeadlineExceeded",
        task.after(Duration.ofMinutes(1)).reconciled().condition("Overdue"));
  }

  @Test
  @Tag("F4")
  void shouldKeepPollingAndWarnOnceWhenOverdue() {
    MirroredTask task =
        new MirroredTask(withDeadline("1h")).observes("running").after(Duration.ofHours(1));
    for (int i = 0; i < 3; i++) {
      task.observes("running")
          .assertRow("Running", "Unknown/Running", true, false, "True/Observed", false);
    }
    assertEquals(List.of("TaskRunning", "Overdue"), task.emitted);
    assertEquals("-", task.observes("success").condition("Overdue"));
  }

  @ParameterizedTest
  @CsvSource({
    ",           false, Failed",
    "Strict,    false, Failed",
    "StateOnly, false, Succeeded",
    "StateOnly,  true,  Failed"
  })
  @Tag("F16")
  void shouldCountFailedResultsAsThePolicyDefines(String policy, boolean failed, String phase) {
    AckTaskSpec spec = spec().successPolicy(policy).build();
    MirroredTask task =
        new MirroredTask(spec).observes(failed ? "failed" : "success", FAILED_RESULT);
    assertEquals(phase, task.status("/phase"));
  }

  @ParameterizedTest
  @CsvSource({",false,false", "Parameters,true,false", "Outputs,false,true"})
  void shouldMirrorParametersAndOutputsOnRequestOnly(String part, boolean first, boolean second) {
    List<String> include = part == null ? null : List.of(part);
    AckTaskSpec spec = spec().include(include).build();
    String fields = "\"parameters\": {\"a\": 1}, \"stages\": [{\"outputs\": {\"token\": \"x\"}}]";
    MirroredTask task = new MirroredTask(spec).observes("running", fields);
    assertEquals(first ? "{\"a\":1}" : "", task.status("/parameters"));
    assertEquals(second ? "{\"token\":\"***\"}" : "", task.status("/stages/0/outputs"));
  }

  @ParameterizedTest
  @CsvSource({"running, Running", "success, Succeeded", "failed, Failed", "canceled, Canceled"})
  void shouldAnswerARefreshRequestWhetherFinishedOrNot(String state, String phase) {
    MirroredTask task = MirroredTask.observing(state).refreshRequested("one").observes(state);
    assertEquals(phase, task.status("/phase"));
    assertEquals("one", task.status("/lastHandledRefreshAt"));
    assertEquals(
        "two", task.refreshRequested("two").observes(state).status("/lastHandledRefreshAt"));
  }

  @Test
  void shouldKeepTheObjectWhenNoTtlIsSet() {
    assertNull(SPEC.ttlSecondsAfterFinished());
    assertNull(MirroredTask.observing("success").nextChange());
    AckTaskSpec hour = spec().ttlSecondsAfterFinished(3_600L).build();
    assertEquals(Duration.ofHours(1), new MirroredTask(hour).observes("success").nextChange());
  }

  @Test
  void shouldKeepTheObjectTenMinutesWhenTheTtlIsShorter() {
    AckTaskSpec minute = spec().ttlSecondsAfterFinished(60L).build();
    assertEquals(Duration.ofMinutes(10), new MirroredTask(minute).observes("failed").nextChange());
  }

  private static AckTaskSpec withClusterId(String clusterId) {
    return spec().clusterId(clusterId).build();
  }

  private static AckTaskSpec withInterval(String interval) {
    return spec().pollInterval(interval).build();
  }

  private static AckTaskSpec withDeadline(String deadline) {
    return spec().deadline(deadline).build();
  }
}
