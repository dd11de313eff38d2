package dev.acktask.operator.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The promises on behaviour, as far as they are seen in what one object shows and tells. */
final class PromisesTest {
  private static final TaskLookup DOWN =
      new TaskLookup.Unavailable(Failure.API_UNAVAILABLE, "Down.", null);

  @Test
  void shouldTellTransitionsOnlyWhenATaskGoesThroughAllOfThem() {
    Mirrored task = Mirrored.created();
    for (int i = 0; i < 2; i++) {
      task.sees("running", "\"current_stage\": \"Drain\"");
    }
    for (int i = 0; i < 2; i++) {
      task.sees("running", "\"current_stage\": \"Upgrade\"");
    }
    task.sees("paused").sees("paused").sees(DOWN).sees(DOWN).sees("running").sees("running");
    task.sees("failed").sees("failed");
    assertEquals(
        List.of(
            "TaskRunning",
            "StageChanged",
            "TaskPaused",
            "ApiUnavailable",
            "SyncRegained",
            "TaskResumed",
            "TaskFailed"),
        task.told);
  }

  @Test
  void shouldTellAWarningOfTheTaskOnce() {
    String warning =
        "\"events\": [{\"level\": \"Warning\", \"reason\": \"R\", \"message\": \"m\"},"
            + " {\"level\": \"Normal\", \"reason\": \"N\"}]";
    Mirrored task = Mirrored.created();
    for (int i = 0; i < 3; i++) {
      task.sees("running", warning);
    }
    assertEquals(List.of("TaskWarning", "TaskRunning"), task.told);
  }

  @Test
  void shouldShowTheSameStatusWhenNothingChanged() {
    Mirrored task = Mirrored.saying("running");
    Object first = task.status();
    for (int i = 0; i < 5; i++) {
      assertEquals(first, task.after(Duration.ofSeconds(15)).sees("running").status());
    }
  }

  @Test
  void shouldNeverGiveUpWhenTheCloudIsOutOfSight() {
    Mirrored task = Mirrored.saying("running");
    for (int i = 0; i < 1_000; i++) {
      Duration wait = task.sees(DOWN).nextLook();
      assertTrue(wait.isPositive() && wait.toSeconds() <= 330, wait::toString);
      task.after(wait);
    }
    assertEquals("Succeeded", task.sees("success").status("/phase"));
  }
}
