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

  /** A step that only sets the state. */
  public static Step state(Duration at, String state) {
    return new Step(
        at,
        Optional.of(state),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty());
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
}
