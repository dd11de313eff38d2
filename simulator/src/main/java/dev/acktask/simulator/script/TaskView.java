package dev.acktask.simulator.script;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a task at one moment: the sum of its steps up to then.
 *
 * @param created when the script's clock started
 * @param updated time of the last step
 */
public record TaskView(
    TaskScript script,
    Instant created,
    Instant updated,
    String state,
    String currentStage,
    List<Stage> stages,
    List<TimedEvent> events,
    List<Step.Result> results,
    Optional<Step.TaskError> error) {

  /** A started stage. */
  public record Stage(
      String state,
      Instant started,
      Optional<Instant> ended,
      String message,
      Map<String, Object> outputs) {
    private Stage finished(Step.StageFinish finish, Instant time) {
      return new Stage(
          finish.state(),
          started,
          Optional.of(time),
          finish.message().orElse(message),
          finish.outputs());
    }
  }

  /** An event with its time. */
  public record TimedEvent(Instant time, Step.Event event) {}

  /**
   * The view at {@code now} of a script whose clock started at {@code started}.
   *
   * @param speed divides all offsets of the script
   */
  public static TaskView at(TaskScript script, Instant started, double speed, Instant now) {
    String state = "";
    String currentStage = "";
    Instant updated = started;
    Map<String, Stage> stages = new LinkedHashMap<>();
    List<TimedEvent> events = new ArrayList<>();
    List<Step.Result> results = new ArrayList<>();
    Optional<Step.TaskError> error = Optional.empty();
    for (Step step : script.timeline()) {
      Instant time = started.plus(scaled(step.at(), speed));
      if (time.isAfter(now) && !state.isEmpty()) {
        break;
      }
      updated = time;
      state = step.state().orElse(state);
      step.finishStage()
          .ifPresent(
              finish ->
                  stages.computeIfPresent(
                      finish.name(), (name, stage) -> stage.finished(finish, time)));
      if (step.startStage().isPresent()) {
        Step.StageStart start = step.startStage().get();
        currentStage = start.name();
        stages.put(
            start.name(), new Stage("running", time, Optional.empty(), start.message(), Map.of()));
      }
      currentStage = step.currentStage().orElse(currentStage);
      step.events().forEach(event -> events.add(new TimedEvent(time, event)));
      results.addAll(step.results());
      if (step.error().isPresent()) {
        error = step.error();
      }
    }
    return new TaskView(
        script,
        started,
        updated,
        state,
        currentStage,
        List.copyOf(stages.values()),
        List.copyOf(events),
        List.copyOf(results),
        error);
  }

  /** {@code offset} of the script in real time. */
  static Duration scaled(Duration offset, double speed) {
    return Duration.ofNanos(Math.round(offset.toNanos() / speed));
  }
}
