package dev.acktask.operator.task;

import dev.acktask.operator.text.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One complete, well-formed answer of DescribeTaskInfo.
 *
 * <p>The verdict follows from {@code taskId}, {@code state} and the results; everything else is
 * only mirrored. An invalid detail is absent and counted in {@link #omitted}. Strings are as sent,
 * neither trimmed nor redacted.
 *
 * @param taskId equals the requested id, byte for byte
 * @param state raw state, see {@link TaskState#of}
 * @param created usually RFC 3339 with a zone, but unchecked
 * @param updated like {@code created}
 * @param currentStage neither an index nor a key into {@code stages}
 * @param events in the order of the answer
 * @param error may be present while the task runs; does not mean failure
 * @param parameters free form; may hold secrets
 * @param omitted number of parts that the reader dropped
 */
public record TaskInfo(
    String taskId,
    String state,
    @Nullable String clusterId,
    @Nullable String taskType,
    @Nullable String created,
    @Nullable String updated,
    @Nullable Target target,
    @Nullable String currentStage,
    List<Stage> stages,
    List<Event> events,
    List<Result> results,
    @Nullable Problem error,
    @Nullable JsonValue parameters,
    Omitted omitted) {

  public TaskInfo {
    stages = List.copyOf(stages);
    events = List.copyOf(events);
    results = List.copyOf(results);
  }

  /** The object that the task changes, for example a cluster or a node pool. */
  public record Target(@Nullable String id, @Nullable String type) {}

  /**
   * One stage of the task; stages have no names in the API.
   *
   * @param startTime {@code yyyy-MM-dd HH:mm:ss} without a zone: never converted
   * @param endTime like {@code startTime}; may be present although the stage still runs
   * @param outputs free form; may hold secrets
   */
  public record Stage(
      @Nullable String state,
      @Nullable String startTime,
      @Nullable String endTime,
      @Nullable String message,
      @Nullable JsonValue outputs) {}

  /**
   * One event of the task.
   *
   * @param timestamp usually milliseconds since the epoch, as text
   */
  public record Event(
      @Nullable String timestamp,
      @Nullable String level,
      @Nullable String action,
      @Nullable String reason,
      @Nullable String message,
      @Nullable String source) {}

  /**
   * One entry of {@code task_result}; it describes an item, not the task.
   *
   * @param data for example an instance id, or JSON as text
   * @param status absent in one of the two documented formats
   */
  public record Result(@Nullable String data, @Nullable String status) {
    /** False also for a missing or unknown status. */
    public boolean isFailed() {
      return status != null && TaskState.of(status).isFailure();
    }
  }

  /** The cloud's {@code error} object; {@code code} is free text. */
  public record Problem(@Nullable String code, @Nullable String message) {}

  /**
   * Number of parts that the reader dropped because they were invalid, too many or too deep.
   *
   * @param fields parts other than whole entries of the three lists
   */
  public record Omitted(int stages, int events, int results, int fields) {
    public static final Omitted NONE = new Omitted(0, 0, 0, 0);
  }

  /** A builder of an answer without any detail. */
  public static Builder builder(String taskId, String state) {
    return new Builder(taskId, state);
  }

  /** Builds a {@link TaskInfo} by the names of its components. */
  public static final class Builder {
    private final String taskId;
    private final String state;
    private @Nullable String clusterId;
    private @Nullable String taskType;
    private @Nullable String created;
    private @Nullable String updated;
    private @Nullable Target target;
    private @Nullable String currentStage;
    private List<Stage> stages = List.of();
    private List<Event> events = List.of();
    private List<Result> results = List.of();
    private @Nullable Problem error;
    private @Nullable JsonValue parameters;
    private Omitted omitted = Omitted.NONE;

    private Builder(String taskId, String state) {
      this.taskId = taskId;
      this.state = state;
    }

    public Builder clusterId(@Nullable String clusterId) {
      this.clusterId = clusterId;
      return this;
    }

    public Builder taskType(@Nullable String taskType) {
      this.taskType = taskType;
      return this;
    }

    public Builder created(@Nullable String created) {
      this.created = created;
      return this;
    }

    public Builder updated(@Nullable String updated) {
      this.updated = updated;
      return this;
    }

    public Builder target(@Nullable Target target) {
      this.target = target;
      return this;
    }

    public Builder currentStage(@Nullable String currentStage) {
      this.currentStage = currentStage;
      return this;
    }

    public Builder stages(List<Stage> stages) {
      this.stages = stages;
      return this;
    }

    public Builder events(List<Event> events) {
      this.events = events;
      return this;
    }

    public Builder results(List<Result> results) {
      this.results = results;
      return this;
    }

    public Builder error(@Nullable Problem error) {
      this.error = error;
      return this;
    }

    public Builder parameters(@Nullable JsonValue parameters) {
      this.parameters = parameters;
      return this;
    }

    public Builder omitted(Omitted omitted) {
      this.omitted = omitted;
      return this;
    }

    public TaskInfo build() {
      return new TaskInfo(
          taskId,
          state,
          clusterId,
          taskType,
          created,
          updated,
          target,
          currentStage,
          stages,
          events,
          results,
          error,
          parameters,
          omitted);
    }
  }
}
