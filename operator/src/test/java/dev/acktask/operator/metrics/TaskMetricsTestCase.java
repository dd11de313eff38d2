package dev.acktask.operator.metrics;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.management.HandlerResponse;
import dev.acktask.operator.management.MetricsAccess;
import dev.acktask.operator.management.MetricsHandler;
import dev.acktask.operator.management.RequestHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The collector of a list of tasks and of the times of their last answers. */
abstract class TaskMetricsTestCase {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static final Function<AckTaskSpec, Duration> INTERVAL =
      new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5))
          ::interval;

  final List<AckTask> tasks = new ArrayList<>();

  /** When the task of each object last answered, by name. */
  final Map<String, Instant> lastSyncs = new HashMap<>();

  /** The collector of the leader. */
  TaskMetricsCollector collector(int limit) {
    return collector(true, limit, false);
  }

  private TaskMetricsCollector collector(boolean isLeader, int limit, boolean withTaskId) {
    return new TaskMetricsCollector(
        () -> tasks,
        INTERVAL,
        task -> Optional.ofNullable(lastSyncs.get(task.getMetadata().getName())),
        () -> isLeader,
        new TaskMetricsCollector.Options(limit, withTaskId));
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
}
