package dev.acktask.operator.decision;

import static dev.acktask.operator.decision.MirroredTask.SPEC;
import static dev.acktask.operator.decision.MirroredTask.TASK_ID;
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
  void shouldMirrorNothingWhenTheClusterIsNotTheOneAskedFor(String word) {
    MirroredTask task = new MirroredTask(withClusterId("c2")).observes(word);
    for (String field : List.of("state", "taskType", "clusterId", "stages", "error")) {
      assertFalse(task.status().has(field), field);
    }
  }

  @Test
  void shouldFollowTheTaskWhenTheClusterIsTheOneAskedFor() {
    assertEquals(
        "Running", new MirroredTask(withClusterId("c1")).observes("running").status("/phase"));
  }

  @ParameterizedTest
  @CsvSource({",15", "1m30s,90", "15s,15", "1s,5"})
  void shouldPollAtTheIntervalGiveOrTakeATenth(String interval, long seconds) {
    long millis =
        new MirroredTask(withInterval(interval)).observes("running").nextPoll().toMillis();
    assertTrue(Math.abs(millis - seconds * 1_000) <= seconds * 100, () -> millis + " ms");
  }

  @Test
  void shouldSayInAConditionWhenTheIntervalIsClamped() {
    String message = new MirroredTask(withInterval("1s")).observes("running").message("Synced");
    assertEquals("pollInterval is below the operator's minimum; polled every 5s.", message);
  }

  @ParameterizedTest
  @CsvSource({"running, Running", "success, Succeeded", "failed, Failed"})
  void shouldKeepThePhaseWhenSuspended(String word, String phase) {
    AckTaskSpec suspended = AckTaskSpec.builder().taskId(TASK_ID).suspend(true).build();
    MirroredTask task = MirroredTask.observing(word).edited(suspended).isReconciled();
    assertEquals(phase, task.status("/phase"));
    assertNull(task.nextPoll());
  }

  @Test
  void shouldBeOverdueWhenTheDeadlineAfterTheTasksCreationHasPassed() {
    MirroredTask task =
        new MirroredTask(withDeadline("1h"))
            .observes("running", "\"created\": \"2026-01-02T02:30:00Z\"");
    assertEquals("-", task.condition("Overdue"));
    task.after(Duration.ofMinutes(30)).isReconciled();
    assertEquals("True/DeadlineExceeded", task.condition("Overdue"));
  }

  @Test
  void shouldMeasureTheDeadlineFromTheObjectsCreationWhenTheTasksIsNotKnown() {
    MirroredTask task = new MirroredTask(withDeadline("1h")).observes("running");
    assertEquals("-", task.after(Duration.ofMinutes(59)).isReconciled().condition("Overdue"));
    assertEquals(
        "True/DeadlineExceeded",
        task.after(Duration.ofMinutes(1)).isReconciled().condition("Overdue"));
  }

  @Test
  @Tag("F4")
  void shouldGoOnAndWarnOnceWhenOverdue() {
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
  void shouldWeighFailedResultsAsThePolicySays(String policy, boolean failed, String phase) {
    AckTaskSpec spec = AckTaskSpec.builder().taskId(TASK_ID).successPolicy(policy).build();
    MirroredTask task =
        new MirroredTask(spec).observes(failed ? "failed" : "success", FAILED_RESULT);
    assertEquals(phase, task.status("/phase"));
  }

  @ParameterizedTest
  @CsvSource({",false,false", "Parameters,true,false", "Outputs,false,true"})
  void shouldMirrorParametersAndOutputsOnRequestOnly(String part, boolean first, boolean second) {
    List<String> include = part == null ? null : List.of(part);
    AckTaskSpec spec = AckTaskSpec.builder().taskId(TASK_ID).include(include).build();
    String fields = "\"parameters\": {\"a\": 1}, \"stages\": [{\"outputs\": {\"token\": \"x\"}}]";
    MirroredTask task = new MirroredTask(spec).observes("running", fields);
    assertEquals(first ? "{\"a\":1}" : "", task.status("/parameters"));
    assertEquals(second ? "{\"token\":\"***\"}" : "", task.status("/stages/0/outputs"));
  }

  @ParameterizedTest
  @CsvSource({"running, Running", "success, Succeeded", "failed, Failed", "canceled, Canceled"})
  void shouldAnswerARefreshRequestWhetherFinishedOrNot(String word, String phase) {
    MirroredTask task = MirroredTask.observing(word).refreshRequested("one").observes(word);
    assertEquals(phase, task.status("/phase"));
    assertEquals("one", task.status("/lastHandledRefreshAt"));
    assertEquals(
        "two", task.refreshRequested("two").observes(word).status("/lastHandledRefreshAt"));
  }

  @Test
  void shouldKeepTheObjectWhenNoTtlIsSet() {
    assertNull(SPEC.ttlSecondsAfterFinished());
    assertNull(MirroredTask.observing("success").nextChange());
    AckTaskSpec hour =
        AckTaskSpec.builder().taskId(TASK_ID).ttlSecondsAfterFinished(3_600L).build();
    assertEquals(Duration.ofHours(1), new MirroredTask(hour).observes("success").nextChange());
  }

  @Test
  void shouldKeepTheObjectTenMinutesWhenTheTtlIsShorter() {
    AckTaskSpec minute = AckTaskSpec.builder().taskId(TASK_ID).ttlSecondsAfterFinished(60L).build();
    assertEquals(Duration.ofMinutes(10), new MirroredTask(minute).observes("failed").nextChange());
  }

  private static AckTaskSpec withClusterId(String clusterId) {
    return AckTaskSpec.builder().taskId(TASK_ID).clusterId(clusterId).build();
  }

  private static AckTaskSpec withInterval(String interval) {
    return AckTaskSpec.builder().taskId(TASK_ID).pollInterval(interval).build();
  }

  private static AckTaskSpec withDeadline(String deadline) {
    return AckTaskSpec.builder().taskId(TASK_ID).deadline(deadline).build();
  }
}
