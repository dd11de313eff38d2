package dev.acktask.operator.decision;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Meaning of each condition. */
final class ConditionSemanticsTest {
  private static final TaskLookup DOWN =
      new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "Down.", null);

  @ParameterizedTest
  @CsvSource({"success, True", "failed, True", "canceled, True", "running, False", "odd, False"})
  void shouldBeSettledExactlyWhenThereIsAVerdict(String state, String settled) {
    assertTrue(MirroredTask.observing(state).condition("Settled").startsWith(settled + "/"));
  }

  @Test
  void shouldGiveTheCauseInReconcilingWhenTheCloudIsUnavailable() {
    MirroredTask task = MirroredTask.observing("running");
    assertEquals(task.message("Succeeded"), task.message("Reconciling"));
    task.observes(DOWN);
    assertEquals(task.message("Succeeded") + " Down.", task.message("Reconciling"));
  }

  @Test
  void shouldKeepSyncedWhenARefreshOfAFinishedTaskFails() {
    MirroredTask task = MirroredTask.observing("success").refreshRequested("now").observes(DOWN);
    assertEquals("True/Observed", task.condition("Synced"));
    assertEquals("True/TaskSucceeded", task.condition("Succeeded"));
  }

  @Test
  void shouldChangeTheTransitionTimeOnlyWhenTheStatusChanges() {
    // given
    MirroredTask task = MirroredTask.observing("running");
    String first = transition(task);

    // when
    task.after(Duration.ofMinutes(1)).observes("paused");

    // then
    assertEquals("Unknown/Paused", task.condition("Succeeded"));
    assertEquals(first, transition(task));

    // when
    task.after(Duration.ofMinutes(1)).observes("failed");

    // then
    assertNotEquals(first, transition(task));
  }

  private static String transition(MirroredTask task) {
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
  void shouldHaveTheExpectedKstatusResult(String state, String expected) {
    assertEquals(expected, MirroredTask.observing(state).kstatus());
  }

  @Test
  void shouldChangeOnlyTheGenerationWhenEditedAfterTheEnd() {
    // given
    MirroredTask task = MirroredTask.observing("failed");
    JsonNode before = withoutGeneration(task);

    // when
    task.edited(spec().pollInterval("1m").deadline("1s").build())
        .after(Duration.ofHours(1))
        .reconciled();

    // then
    assertEquals(before, withoutGeneration(task));
    assertEquals("2", task.status("/observedGeneration"));
    task.status()
        .get("conditions")
        .forEach(c -> assertEquals(2, c.get("observedGeneration").asInt()));
    assertEquals("-", task.condition("Overdue"));
  }

  private static JsonNode withoutGeneration(MirroredTask task) {
    ObjectNode status = (ObjectNode) task.status();
    return status.without(List.of("observedGeneration", "conditions"));
  }
}
