package dev.acktask.operator.metrics;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.management.HandlerResponse;
import dev.acktask.operator.management.MetricsAccess;
import dev.acktask.operator.management.MetricsHandler;
import dev.acktask.operator.management.RequestHeaders;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The collector of a list of tasks, and the client whose answers it exports. */
abstract class TaskMetricsTestCase {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static final Function<AckTaskSpec, Duration> INTERVAL =
      new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5))
          ::interval;

  final List<AckTask> tasks = new ArrayList<>();
  String stage = "DrainNodes";
  String state = "running";
  Instant now = NOW;
  final InstrumentedTaskClient client =
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
    public TaskLookup describe(TaskRef task, AnswerDigest known) {
      return new TaskLookup.Unchanged();
    }
  }

  /** The collector of the leader. */
  TaskMetricsCollector collector(int limit) {
    return collector(true, limit, false);
  }

  private TaskMetricsCollector collector(boolean isLeader, int limit, boolean withTaskId) {
    return new TaskMetricsCollector(
        () -> tasks,
        INTERVAL,
        client,
        () -> isLeader,
        new TaskMetricsCollector.Options("cn-hangzhou", limit, withTaskId));
  }

  /** The series of tasks in a scrape, sorted. */
  List<String> scrape(boolean isLeader, int limit) throws IOException {
    return scrape(isLeader, limit, false);
  }

  List<String> scrape(boolean isLeader, int limit, boolean withTaskId) throws IOException {
    MicrometerOperatorMetrics metrics = new MicrometerOperatorMetrics("1");
    metrics.add(collector(isLeader, limit, withTaskId));
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
}
