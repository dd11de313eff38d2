package dev.acktask.operator.estimate;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What tasks have in common whose durations are compared. The connection is part of it, because
 * another account or region has other clusters.
 *
 * @param taskType as the status has it
 */
public record TaskKind(AckTaskStatus.Connection connection, String taskType) {
  /** The kind of a task; empty while its connection or its type is not known. */
  public static Optional<TaskKind> of(
      AckTaskStatus.@Nullable Connection connection, @Nullable String taskType) {
    return connection == null || taskType == null
        ? Optional.empty()
        : Optional.of(new TaskKind(connection, taskType));
  }

  /** The kind of the task that {@code status} describes. */
  public static Optional<TaskKind> of(AckTaskStatus status) {
    return of(status.connection(), status.taskType());
  }
}
