package dev.acktask.operator.decision;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static dev.acktask.operator.decision.MirroredTask.SPEC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of conditions: one row for each observation. */
final class ConditionsTest {
  private static final TaskLookup NOT_FOUND = new TaskLookup.NotFound("No such task.", "r");
  private static final TaskLookup DOWN =
      new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "Down.", null);
  private static final AckTaskSpec OF_CLUSTER_2 = spec().clusterId("c2").build();
  private static final AckTaskSpec SUSPENDED = spec().suspend(true).build();
  private static final String FAILED_RESULT =
      "\"task_result\": [{\"data\": \"i-1\", \"status\": \"failed\"}]";

  @Test
  void shouldBePendingWhenJustCreated() {
    MirroredTask.created()
        .reconciled()
        .assertRow("Pending", "Unknown/NotObserved", true, false, "Unknown/NotObserved", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "pending", "pausing", "resuming", "cancelling"})
  void shouldBeRunningWhenTheTaskIsUnderWay(String state) {
    MirroredTask.observing(state)
        .assertRow("Running", "Unknown/Running", true, false, "True/Observed", false);
  }

  @Test
  void shouldBePausedWhenPaused() {
    MirroredTask.observing("paused")
        .assertRow("Paused", "Unknown/Paused", true, false, "True/Observed", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUCCESS", "success ", "done", "complete"})
  void shouldBeUnknownWhenTheStateIsNotKnown(String state) {
    MirroredTask.observing(state)
        .assertRow("Unknown", "Unknown/UnrecognizedState", true, false, "True/Observed", false);
  }

  @Test
  void shouldBeSucceededWhenSuccess() {
    MirroredTask.observing("success")
        .assertRow("Succeeded", "True/TaskSucceeded", false, false, "True/Observed", true);
  }

  @Test
  void shouldBeFailedWhenSuccessHasFailedResults() {
    MirroredTask.created()
        .observes("success", FAILED_RESULT)
        .assertRow("Failed", "False/ResultsFailed", false, true, "True/Observed", true);
  }

  @ParameterizedTest
  @CsvSource({"3, i-0, i-1, i-2", "5, i-0, i-1, i-2 and 2 more"})
  void shouldNameTheFirstResultsThatFailed(int count, String a, String b, String c) {
    String failed =
        IntStream.range(0, count)
            .mapToObj(i -> "{\"data\": \"i-" + i + "\", \"status\": \"failed\"}")
            .collect(Collectors.joining(","));
    String message =
        MirroredTask.created()
            .observes("success", "\"task_result\": [" + failed + "]")
            .status("/message");
    assertTrue(message.contains(a + ", " + b + ", " + c), message);
    assertEquals(count > 3, message.contains(" more"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "failed", "error", "timeout"})
  void shouldBeFailedWhenTheTaskFailed(String state) {
    MirroredTask.observing(state)
        .assertRow("Failed", "False/TaskFailed", false, true, "True/Observed", true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"canceled", "cancelled", "cancel"})
  void shouldBeCanceledWhenTheTaskWasCanceled(String state) {
    MirroredTask.observing(state)
        .assertRow("Canceled", "False/TaskCanceled", false, true, "True/Observed", true);
  }

  @Test
  void shouldKeepTheObservationWhenNotFoundWithinTheGraceTime() {
    MirroredTask.created()
        .observes(NOT_FOUND)
        .assertRow("Pending", "Unknown/NotObserved", true, false, "False/TaskNotFound", false);
    MirroredTask.observing("paused")
        .observes(NOT_FOUND)
        .after(Duration.ofSeconds(299))
        .observes(NOT_FOUND)
        .assertRow("Paused", "Unknown/Paused", true, false, "False/TaskNotFound", false);
  }

  @Test
  @Tag("F37")
  void shouldStallAndPollEveryTenMinutesWhenNotFoundAfterTheGraceTime() {
    MirroredTask task =
        MirroredTask.created().observes(NOT_FOUND).after(Duration.ofMinutes(5)).observes(NOT_FOUND);
    task.assertRow("Stalled", "False/TaskNotFound", false, true, "False/TaskNotFound", false);
    assertTrue(Math.abs(task.nextPoll().toSeconds() - 600) <= 60, task.nextPoll()::toString);
    task.observes("running")
        .assertRow("Running", "Unknown/Running", true, false, "True/Observed", false);
  }

  @Test
  void shouldStallUntilTheCauseIsGoneWhenTheClusterDiffers() {
    MirroredTask task = new MirroredTask(OF_CLUSTER_2).observes("success");
    task.assertRow("Stalled", "False/ClusterMismatch", false, true, "False/ClusterMismatch", false);
    task.edited(SPEC)
        .observes("success")
        .assertRow("Succeeded", "True/TaskSucceeded", false, false, "True/Observed", true);
  }

  @Test
  void shouldStallUntilTheCauseIsGoneWhenTheTaskIdIsMalformed() {
    MirroredTask task = new MirroredTask(spec().taskId("../x").build());
    task.refused()
        .assertRow("Stalled", "False/InvalidSpec", false, true, "False/InvalidSpec", false);
    task.edited(SPEC)
        .observes("running")
        .assertRow("Running", "Unknown/Running", true, false, "True/Observed", false);
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void shouldKeepTheObservationWhenTheCloudRefusesTheCall(Refusal cause) {
    assertKeepsTheObservation(new TaskLookup.Rejected(cause, "No.", null));
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void shouldKeepTheObservationWhenThereIsNoUsableAnswer(Failure cause) {
    assertKeepsTheObservation(new TaskLookup.Unavailable(cause, "Down.", null));
  }

  @Test
  void shouldKeepTheObservationWhenThrottled() {
    assertKeepsTheObservation(new TaskLookup.Throttled("Slower.", null, null));
  }

  private static void assertKeepsTheObservation(TaskLookup lookup) {
    MirroredTask created = MirroredTask.created().observes(lookup);
    String cause = created.condition("Synced");
    assertTrue(cause.startsWith("False/"), cause);
    created.assertRow("Pending", "Unknown/NotObserved", true, false, cause, false);
    MirroredTask.observing("paused")
        .observes(lookup)
        .assertRow("Paused", "Unknown/Paused", true, false, cause, false);
    new MirroredTask(OF_CLUSTER_2)
        .observes("running")
        .observes(lookup)
        .assertRow("Stalled", "False/ClusterMismatch", false, true, cause, false);
  }

  @ParameterizedTest
  @CsvSource({"running, Running", "paused, Paused", "odd, Unknown"})
  void shouldReportNoVerdictWhenSuspended(String state, String phase) {
    new MirroredTask(SUSPENDED)
        .reconciled()
        .assertRow("Pending", "Unknown/Suspended", false, false, "Unknown/NotObserved", false);
    MirroredTask.observing(state)
        .edited(SUSPENDED)
        .reconciled()
        .assertRow(phase, "Unknown/Suspended", false, false, "True/Observed", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"success", "failed", "canceled"})
  void shouldKeepTheVerdictWhateverIsObservedWhenFinished(String state) {
    MirroredTask task = MirroredTask.observing(state);
    JsonNode before = task.status();
    for (String later : List.of("running", "success", "failed", "odd")) {
      task.after(Duration.ofHours(1)).observes(later);
    }
    assertEquals(before, task.observes(NOT_FOUND).observes(DOWN).status());
  }

  @Test
  void shouldSucceedWhenSuccessComesWithAnError() {
    MirroredTask task =
        MirroredTask.created()
            .observes("success", "\"error\": {\"code\": \"X\", \"message\": \"Ouch.\"}");
    task.assertRow("Succeeded", "True/TaskSucceeded", false, false, "True/Observed", true);
    assertEquals("X", task.status("/error/code"));
    assertTrue(task.message("Succeeded").contains("Ouch."), task.message("Succeeded"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"data\": \"i-1\"}", "{\"data\": \"i-1\", \"status\": \"odd\"}"})
  void shouldSucceedWhenAResultHasNoKnownStatus(String result) {
    MirroredTask.created()
        .observes("success", "\"task_result\": [" + result + "]")
        .assertRow("Succeeded", "True/TaskSucceeded", false, false, "True/Observed", true);
  }
}
