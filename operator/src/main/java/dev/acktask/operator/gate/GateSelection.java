package dev.acktask.operator.gate;

import dev.acktask.operator.gate.GateSettings.Condition;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which AckTasks of its namespace a gate depends on. */
public record GateSelection(Condition condition) {
  /**
   * True if an AckTask belongs in {@link GateEvidence.Tasks}: it is named, or has all labels.
   * Always false for NoneRunning.
   */
  public boolean selects(String name, Map<String, String> labels) {
    return switch (condition) {
      case Condition.NamedSucceeded named -> named.names().contains(name);
      case Condition.SelectedSucceeded selected ->
          labels.entrySet().containsAll(selected.labels().entrySet());
      case Condition.NoneRunning clusters -> false;
    };
  }

  /**
   * True if a change of an AckTask can change the gate. To be asked with its labels and its cluster
   * before and after the change.
   *
   * @param clusterId of the task, or that the spec names; null if unknown
   */
  public boolean concerns(String name, Map<String, String> labels, @Nullable String clusterId) {
    return condition instanceof Condition.NoneRunning clusters
        ? clusterId != null && clusters.clusterIds().contains(clusterId)
        : selects(name, labels);
  }

  /**
   * True if a task with the labels of {@code selected} is not too old. A task whose creation time
   * is unknown is selected, because it may fail; it never opens the gate.
   *
   * @param gateCreated creation time of the gate
   * @param taskCreated creation time of the task in the cloud; null if unknown
   */
  static boolean isInTime(
      Condition.SelectedSucceeded selected, Instant gateCreated, @Nullable Instant taskCreated) {
    return taskCreated == null || !taskCreated.isBefore(gateCreated.minus(selected.since()));
  }
}
