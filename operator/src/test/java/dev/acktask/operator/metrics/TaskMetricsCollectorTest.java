package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.kubernetes.CachedAckTask;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TaskMetricsCollectorTest extends TaskMetricsTestCase {
  @Test
  void shouldExportTheSeriesOfATask() throws IOException {
    tasks.add(AckTasks.failed().taskId("T-1").build());
    assertEquals(
        List.of(
            "acktask_completion_timestamp_seconds{acktask=\"upgrade\",namespace=\"shop\"}"
                + " 1.76732304E9",
            "acktask_created_timestamp_seconds{acktask=\"upgrade\",namespace=\"shop\"} 1.7673228E9",
            "acktask_info{acktask=\"upgrade\",cluster_id=\"c1\",connection=\"(built-in)\","
                + "namespace=\"shop\","
                + "region=\"cn-hangzhou\",type=\"cluster_upgrade\"} 1",
            "acktask_operator_tasks_without_series 0.0",
            "acktask_operator_tasks{phase=\"Failed\",type=\"cluster_upgrade\"} 1.0",
            "acktask_overdue{acktask=\"upgrade\",namespace=\"shop\"} 0.0",
            "acktask_settled_timestamp_seconds{acktask=\"upgrade\",namespace=\"shop\"}"
                + " 1.767323045E9",
            "acktask_start_timestamp_seconds{acktask=\"upgrade\",namespace=\"shop\"} 1.7673222E9",
            "acktask_status_condition{acktask=\"upgrade\",condition=\"Ready\",namespace=\"shop\","
                + "status=\"False\"} 1.0",
            "acktask_status_condition{acktask=\"upgrade\",condition=\"Settled\",namespace=\"shop\","
                + "status=\"True\"} 1.0",
            "acktask_status_condition{acktask=\"upgrade\",condition=\"Stalled\",namespace=\"shop\","
                + "status=\"True\"} 1.0",
            "acktask_status_condition{acktask=\"upgrade\",condition=\"Succeeded\","
                + "namespace=\"shop\",status=\"False\"} 1.0",
            "acktask_status_condition{acktask=\"upgrade\",condition=\"Synced\",namespace=\"shop\","
                + "status=\"True\"} 1.0",
            "acktask_status_phase{acktask=\"upgrade\",namespace=\"shop\",phase=\"Failed\"} 1.0"),
        scrape(true, 10));
  }

  @ParameterizedTest
  @CsvSource({
    "AckConnection, shop, production, shop/production",
    "ClusterAckConnection, , eu, eu",
    "BuiltIn, , , (built-in)"
  })
  void shouldNameTheConnectionOfATask(
      String kind, @Nullable String namespace, @Nullable String name, String label)
      throws IOException {
    var connection = new AckTaskStatus.Connection(kind, namespace, name, "cn-hangzhou");
    tasks.add(AckTasks.running().status(status -> status.connection(connection)).build());
    assertTrue(
        scrape(true, 10).stream()
            .anyMatch(
                line ->
                    line.startsWith("acktask_info{")
                        && line.contains("connection=\"" + label + "\"")));
  }

  /** The second value is the creation of the object, which a restarted operator also reads. */
  @ParameterizedTest
  @CsvSource({
    "2026-01-02T02:50:00Z, 1.7673222E9",
    ", 1.7673228E9",
    "0001-01-01T00:00:00Z, 1.7673228E9",
    "2026-01-02T11:00:00Z, 1.7673228E9",
    "2026-01-02 02:50:00, 1.7673228E9"
  })
  void shouldFallBackToTheCreationOfTheObjectWhenTheStartIsUnknown(
      @Nullable String startTime, String expected) throws IOException {
    tasks.add(AckTasks.running().status(status -> status.startTime(startTime)).build());
    assertTrue(
        scrape(true, 10)
            .contains(
                "acktask_start_timestamp_seconds{acktask=\"upgrade\",namespace=\"shop\"} "
                    + expected),
        () -> String.valueOf(startTime));
  }

  @Test
  void shouldExportNoStartBeforeTheCloudHasAnswered() throws IOException {
    tasks.add(AckTasks.pending().build());
    assertFalse(
        scrape(true, 10).stream().anyMatch(line -> line.startsWith("acktask_start_timestamp")));
  }

  @Test
  void shouldExportTheStartOfAFinishedTaskAsTheCacheHasIt() throws IOException {
    tasks.add(CachedAckTask.prune(AckTasks.failed().build()));
    assertTrue(
        scrape(true, 10)
            .contains(
                "acktask_start_timestamp_seconds{acktask=\"upgrade\",namespace=\"shop\"}"
                    + " 1.7673222E9"));
  }

  @Test
  void shouldExportNothingOnAStandbyReplica() throws IOException {
    tasks.add(AckTasks.running().taskId("T-1").build());
    assertEquals(List.of(), scrape(false, 10));
  }

  @Test
  void shouldExportTheNewVersionWhenAnObjectChanges() throws IOException {
    // given
    TaskMetricsCollector series = collector(10);
    tasks.add(AckTasks.running().taskId("T-1").build());
    series.collect();

    // when
    tasks.set(0, AckTasks.failed().taskId("T-1").build());

    // then
    MetricSnapshot phases =
        series.collect().stream()
            .filter(s -> s.getMetadata().getName().equals("acktask_status_phase"))
            .findFirst()
            .orElseThrow();
    assertEquals(1, phases.getDataPoints().size());
    assertEquals("Failed", phases.getDataPoints().get(0).getLabels().get("phase"));
  }

  @Test
  void shouldExportThePollIntervalOfAnUnfinishedTask() throws IOException {
    // given
    tasks.add(AckTasks.running().name("plain").build());
    tasks.add(withInterval("slow", "30m"));
    tasks.add(withInterval("hasty", "10ms"));
    tasks.add(withInterval("odd", "soon"));
    tasks.add(AckTasks.failed().name("failed").build());
    tasks.add(AckTasks.suspended().name("suspended").build());

    // then
    assertEquals(
        List.of(
            "acktask_poll_interval_seconds{acktask=\"hasty\",namespace=\"shop\"} 5.0",
            "acktask_poll_interval_seconds{acktask=\"odd\",namespace=\"shop\"} 15.0",
            "acktask_poll_interval_seconds{acktask=\"plain\",namespace=\"shop\"} 15.0",
            "acktask_poll_interval_seconds{acktask=\"slow\",namespace=\"shop\"} 1800.0"),
        scrape(true, 10).stream().filter(line -> line.startsWith("acktask_poll")).toList());
  }

  private static AckTask withInterval(String name, String pollInterval) {
    AckTaskSpec spec = AckTasks.spec().pollInterval(pollInterval).build();
    return AckTasks.running().name(name).spec(spec).build();
  }
}
