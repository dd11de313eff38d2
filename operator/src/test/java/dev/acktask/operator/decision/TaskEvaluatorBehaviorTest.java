package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The behaviour contract that is visible in the status and events of one object. */
final class TaskEvaluatorBehaviorTest {
  private static final TaskLookup DOWN =
      new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "Down.", null);

  @Test
  void shouldEmitEventsOnTransitionsOnly() {
    MirroredTask task = MirroredTask.created();
    for (int i = 0; i < 2; i++) {
      task.observes("running", "\"current_stage\": \"Drain\"");
    }
    for (int i = 0; i < 2; i++) {
      task.observes("running", "\"current_stage\": \"Upgrade\"");
    }
    task.observes("paused")
        .observes("paused")
        .observes(DOWN)
        .observes(DOWN)
        .observes("running")
        .observes("running");
    task.observes("failed").observes("failed");
    assertEquals(
        List.of(
            "TaskRunning",
            "StageChanged",
            "TaskPaused",
            "ApiUnavailable",
            "SyncRegained",
            "TaskResumed",
            "TaskFailed"),
        task.emitted);
  }

  @Test
  void shouldEmitAWarningOfTheTaskOnce() {
    String warning =
        "\"events\": [{\"level\": \"Warning\", \"reason\": \"R\", \"message\": \"m\"},"
            + " {\"level\": \"Normal\", \"reason\": \"N\"}]";
    MirroredTask task = MirroredTask.created();
    for (int i = 0; i < 3; i++) {
      task.observes("running", warning);
    }
    assertEquals(List.of("TaskWarning", "TaskRunning"), task.emitted);
  }

  @Test
  void shouldKeepTheStatusWhenNothingChanged() {
    MirroredTask task = MirroredTask.observing("running");
    Object first = task.status();
    for (int i = 0; i < 5; i++) {
      assertEquals(first, task.after(Duration.ofSeconds(15)).observes("running").status());
    }
  }

  @Test
  void shouldKeepPollingWhenTheCloudIsUnavailable() {
    MirroredTask task = MirroredTask.observing("running");
    for (int i = 0; i < 1_000; i++) {
      Duration wait = task.observes(DOWN).nextPoll();
      assertTrue(wait.isPositive() && wait.toSeconds() <= 330, wait::toString);
      task.after(wait);
    }
    assertEquals("Succeeded", task.observes("success").status("/phase"));
  }

  /** The reader of the answer refuses it; the decision does not rely on that. */
  @Test
  void shouldNotTakeTheVerdictOfAnotherTask() {
    TaskInfo another = TaskInfo.builder("T-another", "success").build();
    MirroredTask task = MirroredTask.observing("running");
    JsonNode before = task.status();

    task.observes(new TaskLookup.Found(another, "R-another"));

    assertEquals(before, task.status());
  }

  @Test
  void shouldNotAnswerARefreshByAnotherTask() {
    TaskInfo another = TaskInfo.builder("T-another", "failed").build();
    MirroredTask task = MirroredTask.observing("success");
    JsonNode before = task.status();

    task.refreshRequested("2026-01-02T03:30:00Z").observes(new TaskLookup.Found(another, null));

    assertEquals(before, task.status());
  }
}
