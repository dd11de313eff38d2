package dev.acktask.operator.design;

import static dev.acktask.operator.design.Mirrored.SPEC;
import static dev.acktask.operator.design.Mirrored.TASK_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conditions: first the table of what is seen and what is shown, then what each one means. */
final class ConditionsTest {
  private static final TaskLookup NOT_FOUND = new TaskLookup.NotFound("No such task.", "r");
  private static final TaskLookup DOWN =
      new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "Down.", null);
  private static final AckTaskSpec OF_CLUSTER_2 =
      new AckTaskSpec(TASK_ID, "c2", null, null, null, null, null, null);
  private static final AckTaskSpec SUSPENDED =
      new AckTaskSpec(TASK_ID, null, null, true, null, null, null, null);
  private static final String FAILED_RESULT =
      "\"task_result\": [{\"data\": \"i-1\", \"status\": \"failed\"}]";

  @Test
  void shouldBePendingWhenJustCreated() {
    Mirrored.created()
        .isVisited()
        .shows("Pending", "Unknown/NotObserved", true, false, "Unknown/NotObserved", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "pending", "pausing", "resuming", "cancelling"})
  void shouldBeRunningWhenTheTaskIsUnderWay(String word) {
    Mirrored.saying(word).shows("Running", "Unknown/Running", true, false, "True/Observed", false);
  }

  @Test
  void shouldBePausedWhenPaused() {
    Mirrored.saying("paused")
        .shows("Paused", "Unknown/Paused", true, false, "True/Observed", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SUCCESS", "success ", "done", "complete"})
  void shouldBeUnknownWhenTheWordIsNotKnown(String word) {
    Mirrored.saying(word)
        .shows("Unknown", "Unknown/UnrecognizedState", true, false, "True/Observed", false);
  }

  @Test
  void shouldBeSucceededWhenSuccess() {
    Mirrored.saying("success")
        .shows("Succeeded", "True/TaskSucceeded", false, false, "True/Observed", true);
  }

  @Test
  void shouldBeFailedWhenSuccessHasFailedResults() {
    Mirrored.created()
        .sees("success", FAILED_RESULT)
        .shows("Failed", "False/ResultsFailed", false, true, "True/Observed", true);
  }

  @ParameterizedTest
  @CsvSource({"3, i-0, i-1, i-2", "5, i-0, i-1, i-2 and 2 more"})
  void shouldNameTheFirstResultsThatFailed(int count, String a, String b, String c) {
    String failed =
        IntStream.range(0, count)
            .mapToObj(i -> "{\"data\": \"i-" + i + "\", \"status\": \"failed\"}")
            .collect(Collectors.joining(","));
    String message =
        Mirrored.created().sees("success", "\"task_result\": [" + failed + "]").status("/message");
    assertTrue(message.contains(a + ", " + b + ", " + c), message);
    assertEquals(count > 3, message.contains(" more"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail", "failed", "error", "timeout"})
  void shouldBeFailedWhenTheTaskFailed(String word) {
    Mirrored.saying(word).shows("Failed", "False/TaskFailed", false, true, "True/Observed", true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"canceled", "cancelled", "cancel"})
  void shouldBeCanceledWhenTheTaskWasCanceled(String word) {
    Mirrored.saying(word)
        .shows("Canceled", "False/TaskCanceled", false, true, "True/Observed", true);
  }

  @Test
  void shouldKeepWhatWasSeenWhenNotFoundInsideTheGraceTime() {
    Mirrored.created()
        .sees(NOT_FOUND)
        .shows("Pending", "Unknown/NotObserved", true, false, "False/TaskNotFound", false);
    Mirrored.saying("paused")
        .sees(NOT_FOUND)
        .after(Duration.ofSeconds(299))
        .sees(NOT_FOUND)
        .shows("Paused", "Unknown/Paused", true, false, "False/TaskNotFound", false);
  }

  @Test
  void shouldStallAndStillLookEveryTenMinutesWhenNotFoundAfterTheGraceTime() {
    Mirrored task = Mirrored.created().sees(NOT_FOUND).after(Duration.ofMinutes(5)).sees(NOT_FOUND);
    task.shows("Stalled", "False/TaskNotFound", false, true, "False/TaskNotFound", false);
    assertTrue(Math.abs(task.nextLook().toSeconds() - 600) <= 60, task.nextLook()::toString);
    task.sees("running").shows("Running", "Unknown/Running", true, false, "True/Observed", false);
  }

  @Test
  void shouldStallUntilTheCauseIsGoneWhenTheClusterIsAnother() {
    Mirrored task = new Mirrored(OF_CLUSTER_2).sees("success");
    task.shows("Stalled", "False/ClusterMismatch", false, true, "False/ClusterMismatch", false);
    task.edited(SPEC)
        .sees("success")
        .shows("Succeeded", "True/TaskSucceeded", false, false, "True/Observed", true);
  }

  @Test
  void shouldStallUntilTheCauseIsGoneWhenTheTaskIdIsMalformed() {
    Mirrored task = new Mirrored(new AckTaskSpec("../x", null, null, null, null, null, null, null));
    task.isRefused().shows("Stalled", "False/InvalidSpec", false, true, "False/InvalidSpec", false);
    task.edited(SPEC)
        .sees("running")
        .shows("Running", "Unknown/Running", true, false, "True/Observed", false);
  }

  @ParameterizedTest
  @EnumSource(Refusal.class)
  void shouldKeepWhatWasSeenWhenTheCloudRefusesUs(Refusal cause) {
    holds(new TaskLookup.Rejected(cause, "No.", null));
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void shouldKeepWhatWasSeenWhenThereIsNoUsableAnswer(Failure cause) {
    holds(new TaskLookup.Unavailable(cause, "Down.", null));
  }

  @Test
  void shouldKeepWhatWasSeenWhenThrottled() {
    holds(new TaskLookup.Throttled("Slower.", null, null));
  }

  private static void holds(TaskLookup lookup) {
    Mirrored created = Mirrored.created().sees(lookup);
    String cause = created.condition("Synced");
    assertTrue(cause.startsWith("False/"), cause);
    created.shows("Pending", "Unknown/NotObserved", true, false, cause, false);
    Mirrored.saying("paused")
        .sees(lookup)
        .shows("Paused", "Unknown/Paused", true, false, cause, false);
    new Mirrored(OF_CLUSTER_2)
        .sees("running")
        .sees(lookup)
        .shows("Stalled", "False/ClusterMismatch", false, true, cause, false);
  }

  @ParameterizedTest
  @CsvSource({"running, Running", "paused, Paused", "odd, Unknown"})
  void shouldSayNothingOfTheOutcomeWhenSuspended(String word, String phase) {
    new Mirrored(SUSPENDED)
        .isVisited()
        .shows("Pending", "Unknown/Suspended", false, false, "Unknown/NotObserved", false);
    Mirrored.saying(word)
        .edited(SUSPENDED)
        .isVisited()
        .shows(phase, "Unknown/Suspended", false, false, "True/Observed", false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"success", "failed", "canceled"})
  void shouldKeepTheVerdictWhateverIsSeenWhenFinished(String word) {
    Mirrored task = Mirrored.saying(word);
    JsonNode before = task.status();
    for (String later : List.of("running", "success", "failed", "odd")) {
      task.after(Duration.ofHours(1)).sees(later);
    }
    assertEquals(before, task.sees(NOT_FOUND).sees(DOWN).status());
  }

  @ParameterizedTest
  @CsvSource({"success, True", "failed, True", "canceled, True", "running, False", "odd, False"})
  void shouldBeSettledExactlyWhenThereIsAVerdict(String word, String settled) {
    assertTrue(Mirrored.saying(word).condition("Settled").startsWith(settled + "/"));
  }

  @Test
  void shouldGiveTheCauseInReconcilingWhenTheCloudIsOutOfSight() {
    Mirrored task = Mirrored.saying("running");
    assertEquals(task.message("Succeeded"), task.message("Reconciling"));
    task.sees(DOWN);
    assertEquals(task.message("Succeeded") + " Down.", task.message("Reconciling"));
  }

  @Test
  void shouldKeepSyncedWhenARefreshOfAFinishedTaskFails() {
    Mirrored task = Mirrored.saying("success").refreshRequested("now").sees(DOWN);
    assertEquals("True/Observed", task.condition("Synced"));
    assertEquals("True/TaskSucceeded", task.condition("Succeeded"));
  }

  @Test
  void shouldMoveTheTransitionTimeOnlyWhenTheStatusMoves() {
    Mirrored task = Mirrored.saying("running");
    String first = transition(task);
    task.after(Duration.ofMinutes(1)).sees("paused");
    assertEquals("Unknown/Paused", task.condition("Succeeded"));
    assertEquals(first, transition(task));
    task.after(Duration.ofMinutes(1)).sees("failed");
    assertNotEquals(first, transition(task));
  }

  private static String transition(Mirrored task) {
    for (JsonNode condition : task.status().get("conditions")) {
      if (condition.get("type").asText().equals("Succeeded")) {
        return condition.get("lastTransitionTime").asText();
      }
    }
    throw new AssertionError();
  }

  @ParameterizedTest
  @CsvSource({
    "success, Current",
    "failed, Failed",
    "canceled, Failed",
    "running, InProgress",
    "paused, InProgress",
    "odd, InProgress"
  })
  void shouldReadAsItIsWhenJudgedByKstatus(String word, String expected) {
    assertEquals(expected, Mirrored.saying(word).kstatus());
  }

  @Test
  void shouldKeepTheVerdictWhenAnErrorStandsBesideSuccess() {
    Mirrored task =
        Mirrored.created().sees("success", "\"error\": {\"code\": \"X\", \"message\": \"Ouch.\"}");
    task.shows("Succeeded", "True/TaskSucceeded", false, false, "True/Observed", true);
    assertEquals("X", task.status("/error/code"));
    assertTrue(task.message("Succeeded").contains("Ouch."), task.message("Succeeded"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"data\": \"i-1\"}", "{\"data\": \"i-1\", \"status\": \"odd\"}"})
  void shouldSucceedWhenAResultSaysNothing(String result) {
    Mirrored.created()
        .sees("success", "\"task_result\": [" + result + "]")
        .shows("Succeeded", "True/TaskSucceeded", false, false, "True/Observed", true);
  }

  @Test
  void shouldAcknowledgeAnEditAndNothingElseWhenFinished() {
    Mirrored task = Mirrored.saying("failed");
    JsonNode before = withoutGeneration(task);
    task.edited(new AckTaskSpec(TASK_ID, null, "1m", null, "1s", null, null, null))
        .after(Duration.ofHours(1))
        .isVisited();
    assertEquals(before, withoutGeneration(task));
    assertEquals("2", task.status("/observedGeneration"));
    task.status()
        .get("conditions")
        .forEach(c -> assertEquals(2, c.get("observedGeneration").asInt()));
    assertEquals("-", task.condition("Overdue"));
  }

  private static JsonNode withoutGeneration(Mirrored task) {
    ObjectNode status = (ObjectNode) task.status();
    return status.without(List.of("observedGeneration", "conditions"));
  }
}
