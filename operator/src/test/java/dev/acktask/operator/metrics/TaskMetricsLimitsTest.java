package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.management.RenderedMetrics;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The number, the labels and the cost of the series are limited. */
final class TaskMetricsLimitsTest extends TaskMetricsTestCase {
  @Test
  void shouldGiveSeriesToTheNewestObjectsWhenThereAreTooMany() throws IOException {
    // given
    for (int i = 0; i < 20; i++) {
      String created = NOW.plusSeconds(i).toString();
      tasks.add(AckTasks.running().name("t" + i).taskId("T-" + i).created(created).build());
    }

    // when
    List<String> lines = scrape(true, 5);

    // then
    assertEquals(5, lines.stream().filter(line -> line.startsWith("acktask_info")).count());
    assertTrue(lines.stream().anyMatch(line -> line.contains("acktask=\"t19\"")));
    assertFalse(lines.stream().anyMatch(line -> line.contains("acktask=\"t0\"")));
    assertTrue(lines.contains("acktask_operator_tasks_without_series 15.0"));
    assertTrue(
        lines.contains("acktask_operator_tasks{phase=\"Running\",type=\"cluster_upgrade\"} 20.0"));
  }

  @Test
  void shouldOnlyCountWhenTheSeriesAreSwitchedOff() throws IOException {
    tasks.add(AckTasks.running().taskId("T-1").build());
    assertEquals(
        List.of(
            "acktask_operator_tasks_without_series 0.0",
            "acktask_operator_tasks{phase=\"Running\",type=\"cluster_upgrade\"} 1.0"),
        scrape(true, 0));
  }

  @Test
  void shouldExportTaskIdsOnlyIfEnabled() throws IOException {
    tasks.add(AckTasks.running().taskId("T-1").build());

    List<String> byDefault = scrape(true, 10);
    List<String> whenEnabled = scrape(true, 10, true);

    assertEquals(List.of(), byDefault.stream().filter(line -> line.contains("T-1")).toList());
    assertEquals(
        List.of(
            "acktask_info{acktask=\"upgrade\",cluster_id=\"c1\",connection=\"(built-in)\","
                + "namespace=\"shop\","
                + "region=\"cn-hangzhou\",task_id=\"T-1\",type=\"cluster_upgrade\"} 1"),
        whenEnabled.stream().filter(line -> line.contains("T-1")).toList());
  }

  @Test
  void shouldBoundTheTypesWhateverTheCloudCallsThem() throws IOException {
    for (int i = 0; i < 500; i++) {
      tasks.add(withType("t" + i, "type_" + i));
    }
    tasks.add(withType("odd", "a \"b\"\n{c=\"d\"} 1"));
    List<String> counts =
        scrape(true, 1_000).stream()
            .filter(line -> line.startsWith("acktask_operator_tasks{"))
            .toList();
    assertTrue(counts.size() <= 51, () -> counts.size() + " series");
    assertTrue(counts.stream().anyMatch(line -> line.contains("type=\"other\"")));
  }

  @Test
  void shouldEscapeHostileNames() throws IOException {
    tasks.add(withType("x", "a\"b\\c\nd"));
    String info =
        scrape(true, 10).stream()
            .filter(l -> l.startsWith("acktask_info"))
            .findFirst()
            .orElseThrow();
    assertTrue(info.contains("type=\"a\\\"b\\\\c\\nd\""), info);
  }

  /** Prints the cost of a scrape; docs/metrics.md quotes it. */
  @Test
  void shouldStayWithinAFewAllocationsPerTask() throws IOException {
    // given
    IntStream.range(0, 5_000)
        .forEach(
            i -> {
              String namespace = "ns" + i % 50;
              tasks.add(
                  AckTasks.running().namespace(namespace).name("t" + i).taskId("T-" + i).build());
              lastSyncs.put("t" + i, NOW);
            });
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    TaskMetricsCollector series = collector(5_000);
    AtomicLong time = new AtomicLong();
    RenderedMetrics metrics =
        new RenderedMetrics(
            ExpositionFormats.init().getPrometheusTextFormatWriter(),
            series::collect,
            () -> time.addAndGet(RenderedMetrics.MAX_AGE.toNanos()));

    // when
    long garbage = 0;
    long nanos = 0;
    for (int scrape = 0; scrape < 20; scrape++) {
      long bytesBefore = threads.getCurrentThreadAllocatedBytes();
      long nanosBefore = System.nanoTime();
      metrics.page().close();
      nanos = System.nanoTime() - nanosBefore;
      garbage = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
    }

    // then
    System.out.printf("A scrape of 5,000 tasks: %d ms, %d bytes%n", nanos / 1_000_000, garbage);
    long bytes = garbage;
    assertTrue(bytes < 30_000_000, () -> bytes + " bytes");
  }

  private static AckTask withType(String name, String taskType) {
    return AckTasks.running().name(name).status(status -> status.taskType(taskType)).build();
  }
}
