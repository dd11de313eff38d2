package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator last saw of the task. Written only when it changes; two equal values of this
 * record mean that there is nothing to write.
 *
 * @param observedGeneration the generation of the spec that this status speaks of; -1 before the
 *     first look
 * @param phase derived summary for tools that read flat fields, see {@link Phase}
 * @param reason that of the Succeeded condition
 * @param message that of the Succeeded condition
 * @param taskId the task that this status was read from
 * @param state the cloud's own word
 * @param createdTime as the cloud wrote it; no format is promised
 * @param updatedTime as the cloud wrote it; no format is promised
 * @param startTime RFC 3339 in UTC
 * @param completionTime RFC 3339 in UTC; present exactly when the task is finished
 * @param progress finished stages of known stages, for example {@code 2/5}
 * @param parameters JSON as text, redacted; opt-in
 * @param lastHandledRefreshAt the last value of the annotation {@link AckTask#REFRESH_REQUESTED_AT}
 *     that was answered by a look at the cloud
 * @param requestId the cloud's id of the last answer that changed this status
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AckTaskStatus(
    @Nullable Long observedGeneration,
    @Nullable Phase phase,
    @Nullable String reason,
    @Nullable String message,
    @Nullable String taskId,
    @Nullable String state,
    @Nullable String taskType,
    @Nullable String clusterId,
    @Nullable Target target,
    @Nullable String currentStage,
    @Nullable String createdTime,
    @Nullable String updatedTime,
    @Nullable String startTime,
    @Nullable String completionTime,
    @Nullable String progress,
    List<Stage> stages,
    List<Event> events,
    List<Result> results,
    @Nullable Problem error,
    @Nullable String parameters,
    @Nullable Omitted omitted,
    @Nullable String lastHandledRefreshAt,
    @Nullable String requestId,
    List<Condition> conditions) {

  /** An absent list is an empty one: the API server stores no difference, so neither may equals. */
  public AckTaskStatus {
    stages = orEmpty(stages);
    events = orEmpty(events);
    results = orEmpty(results);
    conditions = orEmpty(conditions);
    omitted = omitted != null && omitted.equals(Omitted.NOTHING) ? null : omitted;
  }

  /** A status that says nothing at all. */
  public static final AckTaskStatus NOTHING =
      new AckTaskStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          List.of(), List.of(), List.of(), null, null, null, null, null, List.of());

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /** What the task works on. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Target(@Nullable String id, @Nullable String type) {}

  /** One step of the task. Times are raw: the API gives them no zone. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Stage(
      @Nullable String state,
      @Nullable String startTime,
      @Nullable String endTime,
      @Nullable String message,
      @Nullable String outputs) {}

  /**
   * One event of the task.
   *
   * @param time RFC 3339 in UTC, or as the cloud wrote it where that could not be read
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Event(
      @Nullable String time,
      @Nullable String level,
      @Nullable String action,
      @Nullable String reason,
      @Nullable String message,
      @Nullable String source) {}

  /** One entry of the cloud's {@code task_result}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Result(@Nullable String data, @Nullable String status) {}

  /** The cloud's {@code error}; advisory while the task runs. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Problem(@Nullable String code, @Nullable String message) {}

  /** Counts of what was left out of this status. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Omitted(int stages, int events, int results, int fields) {
    public static final Omitted NOTHING = new Omitted(0, 0, 0, 0);
  }
}
