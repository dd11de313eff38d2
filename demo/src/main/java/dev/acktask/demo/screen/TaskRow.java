package dev.acktask.demo.screen;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An AckTask as {@code kubectl get acktasks} shows it.
 *
 * @param started, finished empty while the status does not say
 */
public record TaskRow(
    String name,
    String type,
    String phase,
    String stage,
    String progress,
    @Nullable Instant started,
    @Nullable Instant finished) {
  static final List<String> TITLES =
      List.of("NAME", "TYPE", "PHASE", "STAGE", "PROGRESS", "STARTED", "FINISHED");

  /** Wide enough for the example, so that lines printed one by one stay in column. */
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
        time(task, "startTime"),
        time(task, "completionTime"));
  }

  /** Whether the operator has seen the task. */
  boolean observed() {
    return !type.isEmpty();
  }

  /** All but the ages: when this differs, there is news. */
  List<String> look() {
    return List.of(name, type, phase, stage, progress);
  }

  List<String> cells(Instant now) {
    return Stream.concat(look().stream(), Stream.of(age(started, now), age(finished, now)))
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
