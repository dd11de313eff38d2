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
 * @param stateSince time of the last step that set the state
 */
public record TaskView(
    TaskScript script,
    Instant created,
    Instant updated,
    Instant stateSince,
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
    Builder view = new Builder(script, started);
    for (Step step : script.timeline()) {
      Instant time = started.plus(scaled(step.at(), speed));
      if (time.isAfter(now) && view.hasState()) {
        break;
      }
      view.apply(step, time);
    }
    return view.build();
  }

  /** {@code offset} of the script in real time. */
  static Duration scaled(Duration offset, double speed) {
    return Duration.ofNanos(Math.round(offset.toNanos() / speed));
  }

  /** The state of a task while the steps of its script are applied one by one. */
  private static final class Builder {
    private final TaskScript script;
    private final Instant created;
    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private final List<TimedEvent> events = new ArrayList<>();
    private final List<Step.Result> results = new ArrayList<>();
    private Instant updated;
    private Instant stateSince;
    private String state = "";
    private String currentStage = "";
    private Optional<Step.TaskError> error = Optional.empty();

    private Builder(TaskScript script, Instant created) {
      this.script = script;
      this.created = created;
      this.updated = created;
      this.stateSince = created;
    }

    private boolean hasState() {
      return !state.isEmpty();
    }

    private void apply(Step step, Instant time) {
      updated = time;
      if (step.state().isPresent()) {
        state = step.state().get();
        stateSince = time;
      }
      step.finishStage().ifPresent(finish -> finish(finish, time));
      step.startStage().ifPresent(start -> start(start, time));
      currentStage = step.currentStage().orElse(currentStage);
      step.events().forEach(event -> events.add(new TimedEvent(time, event)));
      results.addAll(step.results());
      error = step.error().or(() -> error);
    }

    private void finish(Step.StageFinish finish, Instant time) {
      stages.computeIfPresent(finish.name(), (name, stage) -> stage.finished(finish, time));
    }

    private void start(Step.StageStart start, Instant time) {
      currentStage = start.name();
      stages.put(
          start.name(), new Stage("running", time, Optional.empty(), start.message(), Map.of()));
    }

    private TaskView build() {
      return new TaskView(
          script,
          created,
          updated,
          stateSince,
          state,
          currentStage,
          List.copyOf(stages.values()),
          List.copyOf(events),
          List.copyOf(results),
          error);
    }
  }
}
