package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskRef;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last observation of each unfinished task is exported, and forgotten with the task. */
final class TaskMetricsObservationTest extends TaskMetricsTestCase {
  @Test
  void shouldForgetTasksWithoutAnObjectWhenPrometheusNeverScrapes() {
    tasks.add(AckTasks.running().taskId("T-1").build());
    assertNotNull(collector(10));

    for (int id = 1; id <= 10 * InstrumentedTaskClient.MIN_PRUNE_SIZE; id++) {
      client.describe(TaskRef.parse("T-" + id).orElseThrow());
    }

    assertTrue(
        client.observationCount() <= InstrumentedTaskClient.MIN_PRUNE_SIZE,
        () -> client.observationCount() + " kept");
    assertNotNull(client.lastObservation("T-1"));
  }

  @Test
  void shouldForgetATaskWhenItsObjectIsDeleted() throws IOException {
    tasks.add(AckTasks.running().taskId("T-1").build());
    client.describe(TaskRef.parse("T-1").orElseThrow());
    scrape(true, 10);
    tasks.clear();
    assertEquals(List.of("acktask_operator_tasks_without_series 0.0"), scrape(true, 10));
    assertEquals(null, client.lastObservation("T-1"));
  }

  @Test
  void shouldKeepNothingOfATaskThatHasFinished() {
    client.describe(TaskRef.parse("T-1").orElseThrow());
    assertNotNull(client.lastObservation("T-1"));
    state = "failed";
    client.describe(TaskRef.parse("T-1").orElseThrow());
    assertNull(client.lastObservation("T-1"));
  }

  @Test
  void shouldExportTheLastSyncAndTheStageChange() throws IOException {
    // given
    tasks.add(AckTasks.running().taskId("T-1").build());
    client.describe(TaskRef.parse("T-1").orElseThrow());

    // when
    now = NOW.plusSeconds(15);
    client.describe(TaskRef.parse("T-1").orElseThrow());

    // then
    String at = "{acktask=\"upgrade\",namespace=\"shop\"} ";
    assertTrue(
        scrape(true, 10).contains("acktask_last_sync_timestamp_seconds" + at + "1.76732306E9"),
        () -> String.valueOf(tasks));
    assertTrue(
        scrape(true, 10).contains("acktask_stage_change_timestamp_seconds" + at + "1.767323045E9"));

    // when
    stage = "PostCheck";
    now = NOW.plusSeconds(30);
    client.describe(TaskRef.parse("T-1").orElseThrow());

    // then
    assertTrue(
        scrape(true, 10).contains("acktask_stage_change_timestamp_seconds" + at + "1.767323075E9"));
  }

  @Test
  void shouldExportTheLastSyncOfAnUnchangedAnswer() throws IOException {
    // given
    tasks.add(AckTasks.running().taskId("T-1").build());
    client.describe(TaskRef.parse("T-1").orElseThrow());

    // when
    now = NOW.plusSeconds(15);
    client.describe(TaskRef.parse("T-1").orElseThrow(), new AnswerDigest(1, 2, 3, 4));

    // then
    String at = "{acktask=\"upgrade\",namespace=\"shop\"} ";
    assertTrue(
        scrape(true, 10).contains("acktask_last_sync_timestamp_seconds" + at + "1.76732306E9"));
    assertTrue(
        scrape(true, 10).contains("acktask_stage_change_timestamp_seconds" + at + "1.767323045E9"));
  }
}
