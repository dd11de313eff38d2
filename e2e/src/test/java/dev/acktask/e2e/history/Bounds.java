package dev.acktask.e2e.history;

import java.time.Duration;

/**
 * The allowed time and work of a history.
 *
 * @param interval between two polls of a task
 * @param reaction from an answer, or from the end of the faults, to the status that reports it
 * @param propagation until the other replica knows of a write
 * @param extra requests and writes beyond those of an undisturbed run, for what the test does:
 *     about one for each restart, conflict, or fault
 */
public record Bounds(Duration interval, Duration reaction, Duration propagation, int extra) {
  public static Bounds undisturbed(Duration interval) {
    return new Bounds(interval, interval.plusSeconds(10), Duration.ofSeconds(2), 0);
  }

  public Bounds withExtra(int more) {
    return new Bounds(interval, reaction, propagation, more);
  }

  public Bounds withReaction(Duration longer) {
    return new Bounds(interval, longer, propagation, extra);
  }
}
