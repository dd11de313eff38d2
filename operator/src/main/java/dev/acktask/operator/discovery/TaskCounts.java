package dev.acktask.operator.discovery;

import dev.acktask.operator.task.ListedTask;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Numbers of the selected tasks of a cluster by type and state. The number of types is bounded,
 * because the cloud may invent them.
 */
public record TaskCounts(Map<Key, Count> counts) {
  /** The type of all tasks whose type has no separate number. */
  public static final String OTHER = "(other)";

  /** Nothing is counted. */
  public static final TaskCounts NONE = new TaskCounts(Map.of());

  static final int MAX_TYPES = 20;

  /**
   * What is counted.
   *
   * @param type as listed, or {@link #OTHER}
   * @param state a name of {@code TaskState} in lower case, such as {@code failed}
   */
  public record Key(String type, String state) {}

  /**
   * A number of tasks.
   *
   * @param withoutAckTask those that have no AckTask and never had one
   */
  public record Count(int tasks, int withoutAckTask) {
    private Count plus(Count other) {
      return new Count(tasks + other.tasks, withoutAckTask + other.withoutAckTask);
    }
  }

  /** Copies the map. */
  public TaskCounts {
    counts = Map.copyOf(counts);
  }

  /**
   * Counts.
   *
   * @param hasAckTask true also if the task had one
   */
  public static TaskCounts of(SelectedTasks swept, Predicate<ListedTask> hasAckTask) {
    Map<Key, Count> counts = new HashMap<>();
    Set<String> types = new HashSet<>();
    for (ListedTask task : swept.tasks()) {
      String type = task.type() == null ? "" : task.type();
      if (!types.contains(type) && types.size() < MAX_TYPES) {
        types.add(type);
      }
      counts.merge(
          new Key(
              types.contains(type) ? type : OTHER,
              SelectedTasks.stateOf(task).name().toLowerCase(Locale.ROOT)),
          new Count(1, hasAckTask.test(task) ? 0 : 1),
          Count::plus);
    }
    return new TaskCounts(counts);
  }
}
