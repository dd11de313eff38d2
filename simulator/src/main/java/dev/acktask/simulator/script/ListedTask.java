package dev.acktask.simulator.script;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A task as DescribeClusterTasks lists it. No text is checked, so that a list can hold anything.
 *
 * @param targetId for the filter {@code target_id}; not in the list
 * @param stateSince time of the last change of its state; not in the list
 */
public record ListedTask(
    String taskId,
    String taskType,
    String targetId,
    String state,
    Instant created,
    Instant updated,
    Instant stateSince,
    Optional<Step.TaskError> error) {
  /** The final states in the spellings of ACK's documents and tools. */
  private static final Set<String> FINAL =
      Set.of("success", "succeeded", "fail", "failed", "error", "timeout", "canceled", "cancelled");

  /** A running {@code cluster_upgrade} without an error, created and updated at {@code created}. */
  public static Builder builder(String taskId, Instant created) {
    return new Builder(taskId, created);
  }

  /** The entry of a scripted task. */
  public static ListedTask of(TaskView view) {
    TaskScript script = view.script();
    Builder entry =
        builder(script.taskId(), view.created())
            .taskType(script.taskType())
            .targetId(script.target().id())
            .state(view.state())
            .updated(view.updated())
            .stateSince(view.stateSince());
    view.error().ifPresent(entry::error);
    return entry.build();
  }

  /** True if its state is a final one. */
  public boolean isFinished() {
    return FINAL.contains(state);
  }

  /** The same with another time of its last change. */
  public ListedTask withUpdated(Instant time) {
    Builder entry =
        builder(taskId, created)
            .taskType(taskType)
            .targetId(targetId)
            .state(state)
            .updated(time)
            .stateSince(stateSince);
    error.ifPresent(entry::error);
    return entry.build();
  }

  /** Builds a {@link ListedTask} by the names of its components. */
  public static final class Builder {
    private final String taskId;
    private final Instant created;
    private String taskType = "cluster_upgrade";
    private String targetId = "";
    private String state = "running";
    private Instant updated;
    private Instant stateSince;
    private Optional<Step.TaskError> error = Optional.empty();

    private Builder(String taskId, Instant created) {
      this.taskId = taskId;
      this.created = created;
      this.updated = created;
      this.stateSince = created;
    }

    public Builder taskType(String taskType) {
      this.taskType = taskType;
      return this;
    }

    public Builder targetId(String targetId) {
      this.targetId = targetId;
      return this;
    }

    public Builder state(String state) {
      this.state = state;
      return this;
    }

    public Builder updated(Instant updated) {
      this.updated = updated;
      return this;
    }

    public Builder stateSince(Instant stateSince) {
      this.stateSince = stateSince;
      return this;
    }

    public Builder error(Step.TaskError error) {
      this.error = Optional.of(error);
      return this;
    }

    public ListedTask build() {
      return new ListedTask(taskId, taskType, targetId, state, created, updated, stateSince, error);
    }
  }
}
