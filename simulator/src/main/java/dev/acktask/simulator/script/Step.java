package dev.acktask.simulator.script;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change of a task at one point of time; empty fields stay unchanged.
 *
 * @param at since the script's clock started, at speed 1
 * @param currentStage overrides the current stage; by default it is the stage started last
 */
public record Step(
    Duration at,
    Optional<String> state,
    Optional<String> currentStage,
    Optional<StageStart> startStage,
    Optional<StageFinish> finishStage,
    List<Event> events,
    List<Result> results,
    Optional<TaskError> error) {
  public Step {
    events = List.copyOf(events);
    results = List.copyOf(results);
  }

  /** A builder for a step that changes nothing. */
  public static Builder builder(Duration at) {
    return new Builder(at);
  }

  /**
   * A stage begins.
   *
   * @param name the script's name for the stage; the API shows it only as {@code current_stage}
   */
  public record StageStart(String name, String message) {}

  /** The end of the stage that was started as {@code name}. */
  public record StageFinish(
      String name, String state, Optional<String> message, Map<String, Object> outputs) {
    public StageFinish {
      outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
  }

  /** An entry of the task's {@code events}. */
  public record Event(String level, String action, String reason, String message, String source) {}

  /** An entry of {@code task_result}; {@code status} is left out when empty. */
  public record Result(String data, Optional<String> status) {}

  /** The task's {@code error}. */
  public record TaskError(String code, String message) {}

  /** Builds a {@link Step} by the names of its components. */
  public static final class Builder {
    private final Duration at;
    private Optional<String> state = Optional.empty();
    private Optional<String> currentStage = Optional.empty();
    private Optional<StageStart> startStage = Optional.empty();
    private Optional<StageFinish> finishStage = Optional.empty();
    private List<Event> events = List.of();
    private List<Result> results = List.of();
    private Optional<TaskError> error = Optional.empty();

    private Builder(Duration at) {
      this.at = at;
    }

    public Builder state(String state) {
      this.state = Optional.of(state);
      return this;
    }

    public Builder currentStage(String currentStage) {
      this.currentStage = Optional.of(currentStage);
      return this;
    }

    public Builder startStage(StageStart startStage) {
      this.startStage = Optional.of(startStage);
      return this;
    }

    public Builder finishStage(StageFinish finishStage) {
      this.finishStage = Optional.of(finishStage);
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

    public Builder error(TaskError error) {
      this.error = Optional.of(error);
      return this;
    }

    public Step build() {
      return new Step(at, state, currentStage, startStage, finishStage, events, results, error);
    }
  }
}
