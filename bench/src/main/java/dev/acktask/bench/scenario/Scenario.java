package dev.acktask.bench.scenario;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.report.Section;
import java.util.Locale;

/** A measurement. The selected ones run in this order. */
public enum Scenario {
  /** Creates all objects and waits until they are mirrored; always runs first. */
  MIRROR,
  /** Nothing changes: cost and punctuality of polls. */
  STEADY,
  /** A few tasks change all the time: delay until the watch observes it. */
  TRICKLE,
  /** Nothing changes, once the lists have announced changes: cost while they are trusted. */
  TRUSTED,
  /** All tasks change at once. */
  BURST,
  /** Another namespace gets an object: polls of the others before its first. */
  FAIRNESS,
  /** The operator is started again while the tasks run. */
  START,
  /** All tasks end. */
  FINISH,
  /** The operator is started again after all tasks have finished. */
  RESTART,
  /** The operator is stopped and the benchmark writes statuses: throughput of the API server. */
  WRITES;

  public Section run(Harness harness) {
    harness.progress().say(toString());
    return measurement().of(harness);
  }

  private Measurement measurement() {
    return switch (this) {
      case MIRROR -> new Mirror();
      case STEADY, TRUSTED -> new Steady(this);
      case TRICKLE -> new PartialChange();
      case BURST -> new Burst();
      case FAIRNESS -> new Fairness();
      case START -> new Start();
      case FINISH -> new Finish();
      case RESTART -> new Restart();
      case WRITES -> new Writes();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Implementation of a scenario. */
  interface Measurement {
    Section of(Harness harness);
  }
}
