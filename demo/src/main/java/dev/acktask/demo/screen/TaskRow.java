package dev.acktask.demo.screen;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An AckTask as {@code kubectl get acktasks} shows it. */
public record TaskRow(
    String name, String type, String phase, String stage, String progress, Times times) {
  static final List<String> TITLES =
      List.of("NAME", "TYPE", "PHASE", "STAGE", "PROGRESS", "STARTED", "FINISHED");

  /** Wide enough for the example, so that lines printed one by one stay aligned. */
  static final List<Integer> WIDTHS = List.of(17, 36, 9, 15, 8, 7, 8);

  static final int PHASE = 2;

  public static TaskRow of(GenericKubernetesResource task) {
    return new TaskRow(
        task.getMetadata().getName(),
        text(task, "taskType", ""),
        // The default of the CRD, which the embedded API does not apply.
        text(task, "phase", "Pending"),
        text(task, "currentStage", ""),
        text(task, "progress", ""),
        new Times(time(task, "startTime"), time(task, "completionTime")));
  }

  /**
   * Start and end of a task.
   *
   * @param started null while the status has no start time
   * @param finished null while the status has no completion time
   */
  public record Times(@Nullable Instant started, @Nullable Instant finished) {}

  /** True once the operator has reported the task. */
  boolean observed() {
    return !type.isEmpty();
  }

  /** All cells except the ages; a difference means that the task changed. */
  List<String> content() {
    return List.of(name, type, phase, stage, progress);
  }

  List<String> cells(Instant now) {
    return Stream.concat(
            content().stream(), Stream.of(age(times.started(), now), age(times.finished(), now)))
        .toList();
  }

  private static String age(@Nullable Instant time, Instant now) {
    return time == null ? "" : Math.max(0, Duration.between(time, now).toSeconds()) + "s";
  }

  private static String text(GenericKubernetesResource task, String field, String absent) {
    return Objects.toString(task.get("status", field), absent);
  }

  private static @Nullable Instant time(GenericKubernetesResource task, String field) {
    String text = text(task, field, "");
    return text.isEmpty() ? null : Instant.parse(text);
  }
}
