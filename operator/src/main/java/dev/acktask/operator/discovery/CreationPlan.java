package dev.acktask.operator.discovery;

import dev.acktask.operator.task.ListedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What becomes of the selected tasks of a swept cluster.
 *
 * @param missing without an AckTask: to be created, in this order
 * @param present ids of those that have an AckTask
 */
public record CreationPlan(List<ListedTask> missing, List<String> present) {
  /** Copies the lists. */
  public CreationPlan {
    missing = List.copyOf(missing);
    present = List.copyOf(present);
  }

  /**
   * Plans.
   *
   * @param isPresent true if any AckTask has the task and the connection
   */
  public static CreationPlan of(
      SelectedTasks swept, ClusterProgress progress, Predicate<ListedTask> isPresent) {
    List<ListedTask> missing = new ArrayList<>();
    List<String> present = new ArrayList<>();
    boolean isFull = progress.recent().size() >= ClusterProgress.MAX_RECENT;
    for (ListedTask task : swept.tasks()) {
      if (progress.isDone(task)) {
        continue;
      }
      if (isPresent.test(task)) {
        present.add(task.task().taskId());
      } else if (task.created() != null || !isFull) { // else it could be created again
        missing.add(task);
      }
    }
    return new CreationPlan(missing, present);
  }

  /** Number of missing tasks that are unfinished or have failed: they come first. */
  public int urgent() {
    return (int) missing.stream().filter(SelectedTasks::isUrgent).count();
  }
}
