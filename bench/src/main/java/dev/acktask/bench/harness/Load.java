package dev.acktask.bench.harness;

import dev.acktask.bench.cloud.Answers;
import java.time.Duration;
import java.util.List;

/**
 * Load and settings of a run.
 *
 * @param tasks running tasks
 * @param finished additional tasks that end before the measurement
 * @param interval at which each running task is polled
 * @param answers of the cloud
 * @param timing of the measurement
 * @param operator settings of the measured process
 */
public record Load(
    int tasks,
    int finished,
    Duration interval,
    Answers answers,
    Timing timing,
    OperatorSettings operator) {
  public Load {
    if (tasks < 1 || finished < 0 || tasks + finished > 1_000_000) {
      throw new IllegalArgumentException("between 1 and 1,000,000 tasks");
    }
    if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("the operator polls a task once per second at most");
    }
  }

  /**
   * Durations of a run, and its order.
   *
   * @param warmUp from the last creation until anything is measured
   * @param window for which a steady state is measured
   * @param objectsFirst true creates the objects before the operator starts for the first time
   */
  public record Timing(Duration warmUp, Duration window, boolean objectsFirst) {}

  /**
   * Settings of the measured process.
   *
   * @param requestsPerMinute of the operator's limiter
   * @param burst of the operator's limiter
   * @param memory of the operator's container in the syntax of -Xmx; determines its heap
   * @param javaOptions of the operator's JVM, added to those of the image
   * @param baseline true runs the Go poller of {@code bench/baseline} instead of the operator
   */
  public record OperatorSettings(
      int requestsPerMinute, int burst, String memory, List<String> javaOptions, boolean baseline) {
    public OperatorSettings {
      javaOptions = List.copyOf(javaOptions);
    }
  }

  /** Number of running and finished tasks. */
  public int all() {
    return tasks + finished;
  }
}
