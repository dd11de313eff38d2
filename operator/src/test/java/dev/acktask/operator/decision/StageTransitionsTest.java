package dev.acktask.operator.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a stage is added to {@code status.stageTransitions}. */
final class StageTransitionsTest {
  private static final Duration STEP = Duration.ofSeconds(15);

  private final MirroredTask task = MirroredTask.created();

  @Test
  void shouldAddAStageWhenItIsFirstObserved() {
    // when
    observes("running", "PreCheck");
    observes("running", "PreCheck");
    observes("running", "DrainNodes");

    // then
    assertEquals(
        "[{\"stage\":\"PreCheck\",\"firstSeenTime\":\"2026-01-02T03:00:15Z\"},"
            + "{\"stage\":\"DrainNodes\",\"firstSeenTime\":\"2026-01-02T03:00:45Z\"}]",
        task.status().get("stageTransitions").toString());
  }

  @Test
  void shouldAddAStageAgainWhenTheTaskReturnsToIt() {
    observes("running", "PreCheck");
    observes("running", "DrainNodes");
    observes("running", "PreCheck");
    assertEquals(List.of("PreCheck", "DrainNodes", "PreCheck"), stages());
  }

  @Test
  void shouldAddTheStageInWhichTheTaskEnds() {
    observes("running", "PreCheck");
    observes("success", "PostCheck");
    assertEquals(List.of("PreCheck", "PostCheck"), stages());
  }

  @Test
  void shouldAddNothingWhileTheTaskHasNoStage() {
    task.observes("running");
    assertEquals(List.of(), stages());
    observes("running", "PreCheck");
    task.after(STEP).observes("running");
    observes("running", "PreCheck");
    assertEquals(List.of("PreCheck"), stages());
  }

  @Test
  void shouldAddNothingWhenAnAnswerLagsBehind() {
    task.observes("running", stage("DrainNodes") + updated("02:59:00"));
    task.after(STEP).observes("running", stage("PreCheck") + updated("02:58:00"));
    assertEquals(List.of("DrainNodes"), stages());
  }

  @Test
  void shouldAddNothingToAFinishedTaskThatIsRefreshed() {
    observes("success", "PostCheck");
    task.refreshRequested("now");
    observes("success", "Cleanup");
    assertEquals("Cleanup", task.status("/currentStage"));
    assertEquals(List.of("PostCheck"), stages());
  }

  @Test
  void shouldKeepTheStagesWhileTheCloudDoesNotAnswer() {
    observes("running", "PreCheck");
    task.after(STEP).reconciled();
    assertEquals(List.of("PreCheck"), stages());
  }

  @Test
  void shouldKeepTheNewestStages() {
    // when
    for (int i = 0; i < 40; i++) {
      observes("running", "stage-" + i);
    }

    // then
    List<String> stages = stages();
    assertEquals(AckTaskStatus.MAX_STAGE_TRANSITIONS, stages.size());
    assertEquals("stage-8", stages.getFirst());
    assertEquals("stage-39", stages.getLast());
  }

  @Test
  void shouldForgetTheStagesOfTheTaskOfAnotherConnection() {
    task.through(connection("blue"));
    observes("running", "PreCheck");
    task.through(connection("green"));
    observes("running", "DrainNodes");
    assertEquals(List.of("DrainNodes"), stages());
  }

  private void observes(String state, String stage) {
    task.after(STEP).observes(state, stage(stage));
  }

  private static String stage(String stage) {
    return "\"current_stage\": \"" + stage + "\"";
  }

  private static String updated(String time) {
    return ", \"updated\": \"2026-01-02T" + time + "Z\"";
  }

  private static AckTaskStatus.Connection connection(String name) {
    return new AckTaskStatus.Connection("ClusterAckConnection", null, name, "cn-hangzhou");
  }

  private List<String> stages() {
    List<String> stages = new ArrayList<>();
    for (JsonNode transition : task.status().path("stageTransitions")) {
      stages.add(transition.get("stage").asText());
    }
    return stages;
  }
}
