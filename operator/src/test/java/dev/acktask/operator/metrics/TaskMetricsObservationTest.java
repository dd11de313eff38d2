package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus.StageTransition;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is known of unfinished tasks only. */
final class TaskMetricsObservationTest extends TaskMetricsTestCase {
  private static final String AT = "{acktask=\"upgrade\",namespace=\"shop\"} ";
  private static final String LAST_SYNC = "acktask_last_sync_timestamp_seconds";
  private static final String STAGE_CHANGE = "acktask_stage_change_timestamp_seconds";
  private static final String EXPECTED = "acktask_expected_completion_timestamp_seconds";

  @Test
  void shouldExportNothingOfATaskWithoutAnObject() throws IOException {
    lastSyncs.put("upgrade", NOW);

    assertEquals(List.of("acktask_operator_tasks_without_series 0.0"), scrape(true, 10));
  }

  @Test
  void shouldExportTheLastSync() throws IOException {
    tasks.add(AckTasks.running().build());

    lastSyncs.put("upgrade", NOW.plusSeconds(15));

    assertTrue(scrape(true, 10).contains(LAST_SYNC + AT + "1.76732306E9"));
  }

  @Test
  void shouldExportTheStageChangeBeforeThisProcessHasPolledTheTask() throws IOException {
    tasks.add(AckTasks.running().build());

    List<String> series = scrape(true, 10);

    assertTrue(series.contains(STAGE_CHANGE + AT + "1.76732268E9"), series::toString);
    assertEquals(List.of(), of(LAST_SYNC));
  }

  @Test
  void shouldExportTheTimeOfTheLastStage() throws IOException {
    StageTransition first = new StageTransition("PreCheck", "2026-01-02T02:51:00Z");
    StageTransition last = new StageTransition("DrainNodes", "2026-01-02T03:04:35Z");

    tasks.add(AckTasks.running().status(s -> s.stageTransitions(List.of(first, last))).build());

    assertEquals(List.of(STAGE_CHANGE + AT + "1.767323075E9"), of(STAGE_CHANGE));
  }

  @Test
  void shouldExportTheExpectedEnd() throws IOException {
    tasks.add(
        AckTasks.running().status(s -> s.estimatedCompletionTime("2026-01-02T03:04:05Z")).build());

    assertEquals(List.of(EXPECTED + AT + "1.767323045E9"), of(EXPECTED));
  }

  @ParameterizedTest
  @MethodSource("withoutStageOrEstimate")
  void shouldExportNeitherOfATaskThatHasNone(AckTasks.Builder task) throws IOException {
    tasks.add(task.build());

    assertEquals(List.of(), of(STAGE_CHANGE));
    assertEquals(List.of(), of(EXPECTED));
  }

  static Stream<AckTasks.Builder> withoutStageOrEstimate() {
    List<StageTransition> odd = List.of(new StageTransition("PreCheck", "soon"));
    return Stream.of(
        AckTasks.pending(),
        AckTasks.succeeded(),
        AckTasks.failed(),
        AckTasks.running().status(s -> s.stageTransitions(List.of()).currentStage("PreCheck")),
        AckTasks.running().status(s -> s.stageTransitions(odd)));
  }

  @ParameterizedTest
  @MethodSource("withoutTransition")
  void shouldExportTheCreationOfATaskWithoutAStage(AckTasks.Builder task) throws IOException {
    tasks.add(task.build());

    assertEquals(
        of("acktask_created_timestamp_seconds").stream()
            .map(line -> line.replace("acktask_created_timestamp_seconds", STAGE_CHANGE))
            .toList(),
        of(STAGE_CHANGE));
    assertEquals(1, of(STAGE_CHANGE).size());
  }

  static Stream<AckTasks.Builder> withoutTransition() {
    return Stream.of(
        AckTasks.running().status(s -> s.stageTransitions(List.of()).currentStage(null)));
  }

  @Test
  void shouldExportNoExpectedEndThatIsNotATime() throws IOException {
    tasks.add(AckTasks.running().status(s -> s.estimatedCompletionTime("soon")).build());

    assertEquals(List.of(), of(EXPECTED));
  }

  private List<String> of(String metric) throws IOException {
    return scrape(true, 10).stream().filter(line -> line.startsWith(metric)).toList();
  }
}
