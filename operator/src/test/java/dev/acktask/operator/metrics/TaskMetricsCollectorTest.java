package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.management.HandlerResponse;
import dev.acktask.operator.management.MetricsAccess;
import dev.acktask.operator.management.MetricsHandler;
import dev.acktask.operator.management.RenderedMetrics;
import dev.acktask.operator.management.RequestHeaders;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskNews;
import dev.acktask.operator.task.TaskRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TaskMetricsCollectorTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static final Function<AckTaskSpec, Duration> INTERVAL =
      new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5))
          ::interval;

  private final List<AckTask> tasks = new ArrayList<>();
  private String stage = "DrainNodes";
  private String state = "running";
  private Instant now = NOW;
  private final InstrumentedTaskClient client =
      new InstrumentedTaskClient(
          new Cloud(),
          new SimpleMeterRegistry(),
          "default",
          "cn-hangzhou",
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              throw new UnsupportedOperationException();
            }
          });

  /** Reports an unchanged answer whenever a digest is given. */
  private final class Cloud implements TaskClient {
    @Override
    public TaskLookup describe(TaskRef task) {
      return found(task.taskId(), state, stage);
    }

    @Override
    public TaskNews describe(TaskRef task, AnswerDigest known) {
      return new TaskNews.None();
    }
  }

  @Test
  void shouldForgetTasksWithoutAnObjectWhenPrometheusNeverScrapes() {
    tasks.add(AckTasks.running().taskId("T-1").build());
    assertNotNull(
        new TaskMetricsCollector(
            () -> tasks,
            INTERVAL,
            client,
            () -> true,
            new TaskMetricsCollector.Options("cn-hangzhou", 10, false)));

    for (int id = 1; id <= 10 * InstrumentedTaskClient.MIN_PRUNE_SIZE; id++) {
      client.describe(TaskRef.parse("T-" + id).orElseThrow());
    }

    assertTrue(
        client.observationCount() <= InstrumentedTaskClient.MIN_PRUNE_SIZE,
        () -> client.observationCount() + " kept");
    assertNotNull(client.lastObservation("T-1"));
  }

  @Test
  void shouldExportTheSeriesOfATask() throws IOException {
    tasks.add(AckTasks.failed().taskId("T-1").build());
    assertEquals(
        List.of(
            "acktask_completion_timestamp_seconds{acktask=\"upgrade\",namespace=\"shop\"}"
                + " 1.76732304E9",
            "acktask_created_timestamp_seconds{acktask=\"upgrade\",namespace=\"shop\"} 1.7673228E9",
            "acktask_info{acktask=\"upgrade\",cluster_id=\"c1\",namespace=\"shop\","
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
  void shouldExportNothingOnAStandbyReplica() throws IOException {
    tasks.add(AckTasks.running().taskId("T-1").build());
    assertEquals(List.of(), scrape(false, 10));
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
  void shouldExportTheNewVersionWhenAnObjectChanges() throws IOException {
    // given
    TaskMetricsCollector series =
        new TaskMetricsCollector(
            () -> tasks,
            INTERVAL,
            client,
            () -> true,
            new TaskMetricsCollector.Options("cn-hangzhou", 10, false));
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

  @Test
  void shouldKeepNothingOfATaskThatHasFinished() {
    client.describe(TaskRef.parse("T-1").orElseThrow());
    assertNotNull(client.lastObservation("T-1"));
    state = "failed";
    client.describe(TaskRef.parse("T-1").orElseThrow());
    assertNull(client.lastObservation("T-1"));
  }

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
              client.describe(TaskRef.parse("T-" + i).orElseThrow());
            });
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    TaskMetricsCollector series =
        new TaskMetricsCollector(
            () -> tasks,
            INTERVAL,
            client,
            () -> true,
            new TaskMetricsCollector.Options("cn-hangzhou", 5_000, false));
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

  @Test
  void shouldExportTaskIdsOnlyIfEnabled() throws IOException {
    tasks.add(AckTasks.running().taskId("T-1").build());

    List<String> byDefault = scrape(true, 10);
    List<String> whenEnabled = scrape(true, 10, true);

    assertEquals(List.of(), byDefault.stream().filter(line -> line.contains("T-1")).toList());
    assertEquals(
        List.of(
            "acktask_info{acktask=\"upgrade\",cluster_id=\"c1\",namespace=\"shop\","
                + "region=\"cn-hangzhou\",task_id=\"T-1\",type=\"cluster_upgrade\"} 1"),
        whenEnabled.stream().filter(line -> line.contains("T-1")).toList());
  }

  private List<String> scrape(boolean isLeader, int limit) throws IOException {
    return scrape(isLeader, limit, false);
  }

  private List<String> scrape(boolean isLeader, int limit, boolean withTaskId) throws IOException {
    MicrometerOperatorMetrics metrics = new MicrometerOperatorMetrics("1");
    metrics.add(
        new TaskMetricsCollector(
            () -> tasks,
            INTERVAL,
            client,
            () -> isLeader,
            new TaskMetricsCollector.Options("cn-hangzhou", limit, withTaskId)));
    String text = read(metrics);
    return text.lines()
        .filter(line -> line.startsWith("acktask_"))
        .filter(line -> !line.startsWith("acktask_operator_") || line.contains("operator_tasks"))
        .sorted()
        .toList();
  }

  private static String read(MicrometerOperatorMetrics metrics) throws IOException {
    try (HandlerResponse page =
            new MetricsHandler(metrics::scrape, MetricsAccess.OPEN)
                .get(new RequestHeaders("", ""));
        InputStream plain = page.plain()) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static TaskLookup found(String taskId, String state, String stage) {
    return new TaskLookup.Found(
        TaskInfo.builder(taskId, state)
            .clusterId("c1")
            .taskType("cluster_upgrade")
            .currentStage(stage)
            .omitted(TaskInfo.Omitted.NONE)
            .build(),
        null);
  }

  private static AckTask withInterval(String name, String pollInterval) {
    AckTaskSpec spec = AckTasks.spec().pollInterval(pollInterval).build();
    return AckTasks.running().name(name).spec(spec).build();
  }

  private static AckTask withType(String name, String taskType) {
    return AckTasks.running().name(name).status(status -> status.taskType(taskType)).build();
  }
}
