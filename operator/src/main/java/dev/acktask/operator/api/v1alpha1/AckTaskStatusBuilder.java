package dev.acktask.operator.api.v1alpha1;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus.Event;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.Omitted;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.Problem;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.Result;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.Stage;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.StageTransition;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds an {@link AckTaskStatus} by the names of its components. */
public final class AckTaskStatusBuilder {
  private @Nullable Long observedGeneration;
  private @Nullable Phase phase;
  private @Nullable String reason;
  private @Nullable String message;
  private @Nullable String taskId;
  private @Nullable String state;
  private @Nullable String taskType;
  private @Nullable String clusterId;
  private @Nullable Target target;
  private @Nullable String currentStage;
  private @Nullable String createdTime;
  private @Nullable String updatedTime;
  private @Nullable String startTime;
  private @Nullable String completionTime;
  private @Nullable String estimatedCompletionTime;
  private @Nullable Integer estimateSampleSize;
  private @Nullable String progress;
  private List<StageTransition> stageTransitions = List.of();
  private List<Stage> stages = List.of();
  private List<Event> events = List.of();
  private List<Result> results = List.of();
  private @Nullable Problem error;
  private @Nullable String parameters;
  private @Nullable Omitted omitted;
  private @Nullable String lastHandledRefreshAt;
  private @Nullable String requestId;
  private AckTaskStatus.@Nullable Connection connection;
  private List<Condition> conditions = List.of();

  AckTaskStatusBuilder() {}

  AckTaskStatusBuilder(AckTaskStatus status) {
    observedGeneration = status.observedGeneration();
    phase = status.phase();
    reason = status.reason();
    message = status.message();
    taskId = status.taskId();
    state = status.state();
    taskType = status.taskType();
    clusterId = status.clusterId();
    target = status.target();
    currentStage = status.currentStage();
    createdTime = status.createdTime();
    updatedTime = status.updatedTime();
    startTime = status.startTime();
    completionTime = status.completionTime();
    estimatedCompletionTime = status.estimatedCompletionTime();
    estimateSampleSize = status.estimateSampleSize();
    progress = status.progress();
    stageTransitions = status.stageTransitions();
    stages = status.stages();
    events = status.events();
    results = status.results();
    error = status.error();
    parameters = status.parameters();
    omitted = status.omitted();
    lastHandledRefreshAt = status.lastHandledRefreshAt();
    requestId = status.requestId();
    connection = status.connection();
    conditions = status.conditions();
  }

  public AckTaskStatusBuilder observedGeneration(@Nullable Long observedGeneration) {
    this.observedGeneration = observedGeneration;
    return this;
  }

  public AckTaskStatusBuilder phase(@Nullable Phase phase) {
    this.phase = phase;
    return this;
  }

  public AckTaskStatusBuilder reason(@Nullable String reason) {
    this.reason = reason;
    return this;
  }

  public AckTaskStatusBuilder message(@Nullable String message) {
    this.message = message;
    return this;
  }

  public AckTaskStatusBuilder taskId(@Nullable String taskId) {
    this.taskId = taskId;
    return this;
  }

  public AckTaskStatusBuilder state(@Nullable String state) {
    this.state = state;
    return this;
  }

  public AckTaskStatusBuilder taskType(@Nullable String taskType) {
    this.taskType = taskType;
    return this;
  }

  public AckTaskStatusBuilder clusterId(@Nullable String clusterId) {
    this.clusterId = clusterId;
    return this;
  }

  public AckTaskStatusBuilder target(@Nullable Target target) {
    this.target = target;
    return this;
  }

  public AckTaskStatusBuilder currentStage(@Nullable String currentStage) {
    this.currentStage = currentStage;
    return this;
  }

  public AckTaskStatusBuilder createdTime(@Nullable String createdTime) {
    this.createdTime = createdTime;
    return this;
  }

  public AckTaskStatusBuilder updatedTime(@Nullable String updatedTime) {
    this.updatedTime = updatedTime;
    return this;
  }

  public AckTaskStatusBuilder startTime(@Nullable String startTime) {
    this.startTime = startTime;
    return this;
  }

  public AckTaskStatusBuilder completionTime(@Nullable String completionTime) {
    this.completionTime = completionTime;
    return this;
  }

  public AckTaskStatusBuilder estimatedCompletionTime(@Nullable String estimatedCompletionTime) {
    this.estimatedCompletionTime = estimatedCompletionTime;
    return this;
  }

  public AckTaskStatusBuilder estimateSampleSize(@Nullable Integer estimateSampleSize) {
    this.estimateSampleSize = estimateSampleSize;
    return this;
  }

  public AckTaskStatusBuilder progress(@Nullable String progress) {
    this.progress = progress;
    return this;
  }

  public AckTaskStatusBuilder stageTransitions(List<StageTransition> stageTransitions) {
    this.stageTransitions = stageTransitions;
    return this;
  }

  public AckTaskStatusBuilder stages(List<Stage> stages) {
    this.stages = stages;
    return this;
  }

  public AckTaskStatusBuilder events(List<Event> events) {
    this.events = events;
    return this;
  }

  public AckTaskStatusBuilder results(List<Result> results) {
    this.results = results;
    return this;
  }

  public AckTaskStatusBuilder error(@Nullable Problem error) {
    this.error = error;
    return this;
  }

  public AckTaskStatusBuilder parameters(@Nullable String parameters) {
    this.parameters = parameters;
    return this;
  }

  public AckTaskStatusBuilder omitted(@Nullable Omitted omitted) {
    this.omitted = omitted;
    return this;
  }

  public AckTaskStatusBuilder lastHandledRefreshAt(@Nullable String lastHandledRefreshAt) {
    this.lastHandledRefreshAt = lastHandledRefreshAt;
    return this;
  }

  public AckTaskStatusBuilder requestId(@Nullable String requestId) {
    this.requestId = requestId;
    return this;
  }

  public AckTaskStatusBuilder connection(AckTaskStatus.@Nullable Connection connection) {
    this.connection = connection;
    return this;
  }

  public AckTaskStatusBuilder conditions(List<Condition> conditions) {
    this.conditions = conditions;
    return this;
  }

  public AckTaskStatus build() {
    return new AckTaskStatus(
        observedGeneration,
        phase,
        reason,
        message,
        taskId,
        state,
        taskType,
        clusterId,
        target,
        currentStage,
        createdTime,
        updatedTime,
        startTime,
        completionTime,
        estimatedCompletionTime,
        estimateSampleSize,
        progress,
        stageTransitions,
        stages,
        events,
        results,
        error,
        parameters,
        omitted,
        lastHandledRefreshAt,
        requestId,
        connection,
        conditions);
  }
}
