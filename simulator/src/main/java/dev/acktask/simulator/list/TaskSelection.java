package dev.acktask.simulator.list;

import dev.acktask.simulator.script.ListedTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Selects and orders the tasks that one request lists. A pure function but for the order RANDOM.
 */
public final class TaskSelection {
  private static final Comparator<ListedTask> BY_ID = Comparator.comparing(ListedTask::taskId);

  private final ListBehaviour behaviour;
  private final Instant now;
  private final Map<String, String> query;

  /**
   * @param now of the request
   * @param query of the request, with its filters
   */
  public TaskSelection(ListBehaviour behaviour, Instant now, Map<String, String> query) {
    this.behaviour = behaviour;
    this.now = now;
    this.query = query;
  }

  /**
   * The listed ones among {@code all} tasks of a cluster, in order.
   *
   * @param random for {@link ListBehaviour.Order#RANDOM}
   */
  public List<ListedTask> of(List<ListedTask> all, Random random) {
    Set<String> kept = keptFinished(all);
    List<ListedTask> listed = new ArrayList<>(all.size());
    for (ListedTask task : all) {
      if (isDue(task)
          && (!task.isFinished() || kept.contains(task.taskId()))
          && (behaviour.ignoresFilters() || matches(task))) {
        listed.add(task.withUpdated(updated(task)));
      }
    }
    order(listed, random);
    return listed;
  }

  private boolean isDue(ListedTask task) {
    return !task.created().plus(behaviour.delay()).isAfter(now);
  }

  private Set<String> keptFinished(List<ListedTask> all) {
    Set<String> kept = new HashSet<>();
    all.stream()
        .filter(ListedTask::isFinished)
        .filter(this::isRetained)
        .sorted(Comparator.comparing(ListedTask::updated).reversed().thenComparing(BY_ID))
        .limit(behaviour.retention().count())
        .forEach(task -> kept.add(task.taskId()));
    return kept;
  }

  private boolean isRetained(ListedTask task) {
    return behaviour
        .retention()
        .time()
        .map(time -> task.updated().plus(time).isAfter(now))
        .orElse(true);
  }

  private boolean matches(ListedTask task) {
    return matches("state", task.state())
        && matches("type", task.taskType())
        && matches("task_type", task.taskType())
        && matches("target_id", task.targetId());
  }

  private boolean matches(String filter, String value) {
    String wanted = query.getOrDefault(filter, "");
    return wanted.isEmpty() || wanted.equals(value);
  }

  private Instant updated(ListedTask task) {
    return switch (behaviour.updated()) {
      case EVERY_STEP -> task.updated();
      case STATE_CHANGES -> task.stateSince();
      case NEVER -> task.created();
    };
  }

  private void order(List<ListedTask> listed, Random random) {
    Comparator<ListedTask> created = Comparator.comparing(ListedTask::created);
    Comparator<ListedTask> updated = Comparator.comparing(ListedTask::updated);
    switch (behaviour.order()) {
      case CREATED_DESCENDING -> listed.sort(created.reversed().thenComparing(BY_ID));
      case CREATED_ASCENDING -> listed.sort(created.thenComparing(BY_ID));
      case UPDATED_DESCENDING -> listed.sort(updated.reversed().thenComparing(BY_ID));
      case UPDATED_ASCENDING -> listed.sort(updated.thenComparing(BY_ID));
      case RANDOM -> Collections.shuffle(listed, random);
    }
  }
}
