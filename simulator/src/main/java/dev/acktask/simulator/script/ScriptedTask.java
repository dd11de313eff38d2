package dev.acktask.simulator.script;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A script that is being played, with the start of its clock. */
public final class ScriptedTask {
  private final TaskScript script;
  private final double speed;
  private Optional<Instant> started;

  /**
   * @param speed divides all offsets; 60 plays an hour in a minute
   * @param launched the clock's start for scripts that start with the simulator
   */
  public ScriptedTask(TaskScript script, double speed, Instant launched) {
    this.script = script;
    this.speed = speed;
    this.started =
        script.start() == TaskScript.Start.LAUNCH ? Optional.of(launched) : Optional.empty();
  }

  public TaskScript script() {
    return script;
  }

  /** The task at {@code now}; the first call may start the clock of the script. */
  public TaskView viewAt(Instant now) {
    return TaskView.at(script, startedBy(now), speed, now);
  }

  /** The fault of read number {@code call}, counted from 1, at {@code now}. */
  public Optional<ScriptedFault> fault(int call, Instant now) {
    Duration real = Duration.between(startedBy(now), now);
    Duration elapsed = Duration.ofNanos(Math.round(real.toNanos() * speed));
    return script.faults().stream().filter(fault -> fault.hits(call, elapsed)).findFirst();
  }

  private synchronized Instant startedBy(Instant now) {
    if (started.isEmpty()) {
      started = Optional.of(now);
    }
    return started.get();
  }
}
