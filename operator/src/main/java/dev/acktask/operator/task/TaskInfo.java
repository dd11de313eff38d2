package dev.acktask.operator.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One complete, well-formed answer of DescribeTaskInfo.
 *
 * <p>Only {@code taskId} and {@code state} take part in the verdict; everything else is shown. A
 * detail that was odd is absent here and counted in {@link #omitted}: it never costs the verdict.
 * Strings are as sent, neither trimmed nor redacted.
 *
 * @param taskId equals the id that was asked for, byte for byte
 * @param state the cloud's own word, see {@link TaskState#of}
 * @param created RFC 3339 with a zone as a rule; raw, it may be anything
 * @param updated like {@code created}
 * @param currentStage neither an index nor a key into {@code stages}
 * @param events in the order of the answer
 * @param error may be present while the task runs: its presence is not a failure
 * @param parameters free form; may hold secrets
 * @param omitted what the reader had to drop
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
    @Nullable FreeForm parameters,
    Omitted omitted) {

  public TaskInfo {
    stages = List.copyOf(stages);
    events = List.copyOf(events);
    results = List.copyOf(results);
  }

  /** What the task works on, for example a cluster or a node pool. */
  public record Target(@Nullable String id, @Nullable String type) {}

  /**
   * One step of the task; the API gives stages no name.
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
      @Nullable FreeForm outputs) {}

  /**
   * One event of the task.
   *
   * @param timestamp milliseconds since the epoch as text, as a rule
   */
  public record Event(
      @Nullable String timestamp,
      @Nullable String level,
      @Nullable String action,
      @Nullable String reason,
      @Nullable String message,
      @Nullable String source) {}

  /**
   * One entry of {@code task_result}; describes an item, not the task.
   *
   * @param data for example an instance id, or JSON as text
   * @param status absent in one of the two published shapes
   */
  public record Result(@Nullable String data, @Nullable String status) {}

  /** The cloud's {@code error} object; {@code code} is free text. */
  public record Problem(@Nullable String code, @Nullable String message) {}

  /**
   * Counts of what the reader dropped because it was odd, too much or too deep.
   *
   * @param fields parts that are not a whole entry of one of the three lists
   */
  public record Omitted(int stages, int events, int results, int fields) {
    public static final Omitted NONE = new Omitted(0, 0, 0, 0);
  }
}
