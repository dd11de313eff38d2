package dev.acktask.operator.discovery;

import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The tasks of one sweep that a discovery selects.
 *
 * @param tasks each once, at most {@link #MAX_TASKS}: in the order of creation. One that the list
 *     dates in the future has no creation time
 * @param isComplete false if tasks may be missing
 * @param listed number of tasks in the list
 */
public record SelectedTasks(List<ListedTask> tasks, boolean isComplete, int listed) {
  /** Selected tasks that are kept; the others wait until these are done. */
  public static final int MAX_TASKS = 2_000;

  /** Unfinished and failed tasks first, then the newest; those without a time last. */
  private static final Comparator<ListedTask> BY_URGENCY =
      Comparator.comparing((ListedTask task) -> !isUrgent(task))
          .thenComparing(
              ListedTask::created, Comparator.nullsLast(Comparator.<Instant>reverseOrder()))
          .thenComparing(task -> task.task().taskId());

  /** Copies the list. */
  public SelectedTasks {
    tasks = List.copyOf(tasks);
  }

  /**
   * Selects. A task without a creation time is selected unless it succeeded: its age is not known,
   * and a failure must not be lost.
   *
   * @param isComplete see {@code SweepResult.Tasks}
   */
  public static SelectedTasks of(
      DiscoverySettings.Selection selection,
      List<ListedTask> listed,
      boolean isComplete,
      Instant now) {
    Instant oldest = now.minus(selection.since());
    List<ListedTask> selected = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (ListedTask entry : listed) {
      ListedTask task = dated(entry, now);
      Instant created = task.created();
      boolean isRecent =
          created == null ? stateOf(task) != TaskState.SUCCEEDED : !created.isBefore(oldest);
      if (isRecent
          && selection.types().accepts(Objects.requireNonNullElse(task.type(), ""))
          && ids.add(task.task().taskId())) {
        selected.add(task);
      }
    }
    selected.sort(BY_URGENCY);
    boolean isCut = selected.size() > MAX_TASKS;
    return new SelectedTasks(
        isCut ? selected.subList(0, MAX_TASKS) : selected, isComplete && !isCut, listed.size());
  }

  /** Without the tasks, which have been handled. */
  public SelectedTasks withoutTasks() {
    return new SelectedTasks(List.of(), false, listed);
  }

  /** True if the task is unfinished, or ended without success. */
  public static boolean isUrgent(ListedTask task) {
    return stateOf(task) != TaskState.SUCCEEDED && stateOf(task) != TaskState.CANCELED;
  }

  /** The meaning of the listed state; an absent one is not recognized. */
  public static TaskState stateOf(ListedTask task) {
    String state = task.state();
    return state == null ? TaskState.UNRECOGNIZED : TaskState.of(state);
  }

  /** A time in the future would make all later tasks older than it. */
  private static ListedTask dated(ListedTask task, Instant now) {
    return task.created() == null || !task.created().isAfter(now)
        ? task
        : new ListedTask(task.task(), task.type(), task.state(), null, task.updated());
  }
}
