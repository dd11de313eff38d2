package dev.acktask.simulator.script;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A script that is being played, with the start of its clock. */
public final class ScriptedTask {
  private final TaskScript script;
  private final double speed;
  private Optional<Instant> started;
  private Optional<Kept> kept = Optional.empty();

  /**
   * @param speed divides all offsets; 60 plays an hour in a minute
   * @param launched the clock's start for scripts that start with the simulator
   */
  public ScriptedTask(TaskScript script, double speed, Instant launched) {
    this(
        script,
        speed,
        script.start() == TaskScript.Start.LAUNCH ? Optional.of(launched) : Optional.empty());
  }

  private ScriptedTask(TaskScript script, double speed, Optional<Instant> started) {
    this.script = script;
    this.speed = speed;
    this.started = started;
  }

  /** A task whose clock started at {@code started}, which may be in the past. */
  public static ScriptedTask startedAt(TaskScript script, double speed, Instant started) {
    return new ScriptedTask(script, speed, Optional.of(started));
  }

  /**
   * A view with the time in which it is valid.
   *
   * @param until exclusive; the end of time after the last step
   */
  private record Kept(TaskView view, Instant from, Instant until) {
    private boolean isValidAt(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }

  public TaskScript script() {
    return script;
  }

  /**
   * The task at {@code now}; the first call may start the clock of the script. Between two steps
   * the view is computed once, so that long lists are cheap.
   */
  public synchronized TaskView viewAt(Instant now) {
    if (kept.isEmpty() || !kept.get().isValidAt(now)) {
      Instant start = startedBy(now);
      TaskView view = TaskView.at(script, start, speed, now);
      kept = Optional.of(new Kept(view, now, nextStep(start, now)));
    }
    return kept.get().view();
  }

  /** The fault of read number {@code call}, counted from 1, at {@code now}. */
  public Optional<ScriptedFault> fault(int call, Instant now) {
    Duration real = Duration.between(startedBy(now), now);
    Duration elapsed = Duration.ofNanos(Math.round(real.toNanos() * speed));
    return script.faults().stream().filter(fault -> fault.hits(call, elapsed)).findFirst();
  }

  private Instant nextStep(Instant start, Instant now) {
    return script.timeline().stream()
        .map(step -> start.plus(TaskView.scaled(step.at(), speed)))
        .filter(time -> time.isAfter(now))
        .findFirst()
        .orElse(Instant.MAX);
  }

  private synchronized Instant startedBy(Instant now) {
    if (started.isEmpty()) {
      started = Optional.of(now);
    }
    return started.get();
  }
}
