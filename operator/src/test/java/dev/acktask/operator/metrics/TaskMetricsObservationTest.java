package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTasks;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The last observation of each unfinished task is exported. */
final class TaskMetricsObservationTest extends TaskMetricsTestCase {
  private static final String AT = "{acktask=\"upgrade\",namespace=\"shop\"} ";

  @Test
  void shouldExportNothingOfATaskWithoutAnObject() throws IOException {
    observations.put("upgrade", LastObservation.of("DrainNodes", NOW, null));

    assertEquals(List.of("acktask_operator_tasks_without_series 0.0"), scrape(true, 10));
  }

  @Test
  void shouldExportTheLastSyncAndTheStageChange() throws IOException {
    // given
    tasks.add(AckTasks.running().taskId("T-1").build());
    LastObservation first = LastObservation.of("DrainNodes", NOW, null);

    // when
    observations.put("upgrade", LastObservation.of("DrainNodes", NOW.plusSeconds(15), first));

    // then
    List<String> series = scrape(true, 10);
    assertTrue(series.contains("acktask_last_sync_timestamp_seconds" + AT + "1.76732306E9"));
    assertTrue(series.contains("acktask_stage_change_timestamp_seconds" + AT + "1.767323045E9"));
  }

  @Test
  void shouldExportTheTimeOfANewStage() throws IOException {
    // given
    tasks.add(AckTasks.running().taskId("T-1").build());
    LastObservation first = LastObservation.of("DrainNodes", NOW, null);

    // when
    observations.put("upgrade", LastObservation.of("PostCheck", NOW.plusSeconds(30), first));

    // then
    assertTrue(
        scrape(true, 10).contains("acktask_stage_change_timestamp_seconds" + AT + "1.767323075E9"));
  }
}
