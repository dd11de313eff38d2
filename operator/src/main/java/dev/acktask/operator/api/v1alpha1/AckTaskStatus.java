package dev.acktask.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last observed state of the task. It is written only when it differs from the stored one.
 *
 * @param observedGeneration the generation of the spec that this status describes; -1 before the
 *     first reconcile
 * @param phase derived summary for tools that read flat fields, see {@link Phase}
 * @param reason that of the Succeeded condition
 * @param message that of the Succeeded condition
 * @param taskId the task that this status was read from
 * @param state as the cloud reported it
 * @param createdTime as the cloud reported it, in any format
 * @param updatedTime as the cloud reported it, in any format
 * @param startTime RFC 3339 in UTC
 * @param completionTime RFC 3339 in UTC; present exactly when the task is finished
 * @param estimatedCompletionTime RFC 3339 in UTC; absent once the task is finished, and while too
 *     few tasks of the same kind are known
 * @param estimateSampleSize number of succeeded tasks that the estimate is the median of
 * @param progress finished and known stages, for example {@code 2/5}
 * @param stageTransitions the stages that the operator has observed, oldest first
 * @param parameters JSON as text, redacted; opt-in
 * @param lastHandledRefreshAt the last value of the annotation {@link AckTask#REFRESH_REQUESTED_AT}
 *     that was answered by a poll
 * @param requestId id of the last request whose answer changed this status
 * @param connection that the observation came from
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
    @Nullable String estimatedCompletionTime,
    @Nullable Integer estimateSampleSize,
    @Nullable String progress,
    List<StageTransition> stageTransitions,
    List<Stage> stages,
    List<Event> events,
    List<Result> results,
    @Nullable Problem error,
    @Nullable String parameters,
    @Nullable Omitted omitted,
    @Nullable String lastHandledRefreshAt,
    @Nullable String requestId,
    @Nullable Connection connection,
    List<Condition> conditions) {

  /** Maximum number of stages; {@code maxItems} of the CRD, as the next three. */
  public static final int MAX_STAGES = 100;

  public static final int MAX_EVENTS = 50;
  public static final int MAX_RESULTS = 100;
  public static final int MAX_STAGE_TRANSITIONS = 32;

  /** An absent list equals an empty one, because the API server does not store the difference. */
  public AckTaskStatus {
    stageTransitions = orEmpty(stageTransitions);
    stages = orEmpty(stages);
    events = orEmpty(events);
    results = orEmpty(results);
    conditions = orEmpty(conditions);
    omitted = omitted != null && omitted.equals(Omitted.NOTHING) ? null : omitted;
  }

  /** The empty status. */
  public static final AckTaskStatus NOTHING = builder().build();

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /**
   * The connection that an observation came from.
   *
   * @param kind {@link AckConnection#KIND}, {@link ClusterAckConnection#KIND} or {@link #BUILT_IN}
   * @param namespace of an AckConnection
   * @param name absent for the built-in one
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Connection(
      @Nullable String kind,
      @Nullable String namespace,
      @Nullable String name,
      @Nullable String regionId) {
    /** The connection of the operator's own configuration. */
    public static final String BUILT_IN = "BuiltIn";
  }

  /** The object that the task changes. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Target(@Nullable String id, @Nullable String type) {}

  /**
   * The task was observed in another stage than before. Unlike a {@link Stage} of the cloud it has
   * a name and a time with a zone.
   *
   * @param stage value of {@code currentStage}
   * @param firstSeenTime when the operator first observed the stage, RFC 3339 in UTC
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StageTransition(@Nullable String stage, @Nullable String firstSeenTime) {}

  /** One stage of the task. Times are copied as text, because the API gives them no zone. */
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
   * @param time RFC 3339 in UTC, or the cloud's text if it cannot be parsed
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

  /** The cloud's {@code error}; may be present while the task runs. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Problem(@Nullable String code, @Nullable String message) {}

  /** Number of parts that were left out of this status. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  public record Omitted(int stages, int events, int results, int fields) {
    public static final Omitted NOTHING = new Omitted(0, 0, 0, 0);
  }

  /** A builder that sets nothing: absent values are null, absent lists empty. */
  public static AckTaskStatusBuilder builder() {
    return new AckTaskStatusBuilder();
  }

  /** A builder with the values of this status. */
  public AckTaskStatusBuilder toBuilder() {
    return new AckTaskStatusBuilder(this);
  }
}
