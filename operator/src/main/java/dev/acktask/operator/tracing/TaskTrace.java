package dev.acktask.operator.tracing;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskState;
import dev.acktask.operator.text.CloudTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The trace of a finished task: one span for the task with one child span per stage. Contains no
 * message of the cloud.
 *
 * @param name type of the task
 * @param error reason of a task that did not succeed, else null
 */
record TaskTrace(
    String name,
    Instant start,
    Instant end,
    Map<String, String> attributes,
    @Nullable String error,
    List<Stage> stages) {
  private static final String UNTYPED = "ack task";
  private static final String UNNAMED = "stage";

  /**
   * Maximum time by which a stage may lie outside of its task: enough to reveal a wrong configured
   * zone, too little for a time such as year 1.
   */
  private static final Duration MARGIN = Duration.ofDays(1);

  TaskTrace {
    attributes = Map.copyOf(attributes);
    stages = List.copyOf(stages);
  }

  /**
   * One stage with known times.
   *
   * @param name of the stage where the operator has observed it; else the state of the stage,
   *     because the cloud gives stages no name
   * @param number position in the list of the status that the stage comes from, from 1
   */
  record Stage(String name, int number, Instant start, Instant end, boolean failed) {}

  /**
   * The trace of {@code task} with its final {@code status}; empty without a completion time.
   *
   * @param times parser for the times of stages that were not observed; null omits them
   */
  static Optional<TaskTrace> of(
      AckTask task, AckTaskStatus status, @Nullable StageTimeParser times) {
    Instant end = CloudTime.instant(status.completionTime());
    if (end == null) {
      return Optional.empty();
    }
    Instant started = CloudTime.instant(status.startTime());
    Instant start = started == null || started.isAfter(end) ? null : started;
    List<Stage> stages = ObservedStages.of(status, end);
    if (stages.isEmpty() && times != null) {
      stages = stages(status, times, start, end);
    }
    Instant first =
        Stream.concat(stages.stream().map(Stage::start), Stream.of(end))
            .min(Comparator.naturalOrder())
            .orElse(end);
    return Optional.of(
        new TaskTrace(
            status.taskType() == null ? UNTYPED : status.taskType(),
            start == null ? first : start,
            end,
            attributes(task, status),
            status.phase() == Phase.SUCCEEDED ? null : String.valueOf(status.reason()),
            stages));
  }

  private static Map<String, String> attributes(AckTask task, AckTaskStatus status) {
    Map<String, String> attributes = new TreeMap<>();
    put(attributes, "k8s.namespace.name", task.getMetadata().getNamespace());
    put(attributes, "acktask.name", task.getMetadata().getName());
    put(attributes, "acktask.task_id", status.taskId());
    put(attributes, "acktask.cluster_id", status.clusterId());
    put(attributes, "acktask.state", status.state());
    put(attributes, "acktask.reason", status.reason());
    AckTaskStatus.Connection connection = status.connection();
    put(attributes, "cloud.region", connection == null ? null : connection.regionId());
    return attributes;
  }

  private static void put(Map<String, String> attributes, String key, @Nullable String value) {
    if (value != null) {
      attributes.put(key, value);
    }
  }

  private static List<Stage> stages(
      AckTaskStatus status, StageTimeParser times, @Nullable Instant start, Instant end) {
    Instant earliest = (start == null ? end.minus(MARGIN) : start).minus(MARGIN);
    Instant latest = end.plus(MARGIN);
    List<Stage> stages = new ArrayList<>();
    for (int i = 0; i < status.stages().size(); i++) {
      AckTaskStatus.Stage stage = status.stages().get(i);
      Instant from = times.instant(stage.startTime()).orElse(null);
      Instant to = from == null ? null : end(stage, times, end).orElse(null);
      if (from != null && to != null) {
        boolean possible = !from.isBefore(earliest) && !to.isBefore(from) && !to.isAfter(latest);
        if (possible) {
          String state = stage.state() == null ? UNNAMED : stage.state();
          stages.add(new Stage(state, i + 1, from, to, TaskState.of(state) == TaskState.FAILED));
        }
      }
    }
    return stages;
  }

  /** End of {@code stage}. An unfinished stage of a failed task ends with the task. */
  private static Optional<Instant> end(
      AckTaskStatus.Stage stage, StageTimeParser times, Instant taskEnd) {
    String raw = stage.endTime();
    if (raw != null && !raw.isBlank()) {
      return times.instant(raw);
    }
    boolean ended = stage.state() != null && TaskState.of(stage.state()) == TaskState.SUCCEEDED;
    return ended ? Optional.empty() : Optional.of(taskEnd);
  }
}
