package dev.acktask.bench.scenario;

import dev.acktask.bench.report.Section;
import dev.acktask.bench.rig.Rig;
import java.util.Locale;

/** One thing that is measured. Those that are run run in this order. */
public enum Scenario {
  /** From nothing to every task shown; comes first, always. */
  MIRROR,
  /** Nothing changes: what do the polls cost, and do they keep their time? */
  STEADY,
  /** A few tasks change all the time: how late is it seen? */
  TRICKLE,
  /** All tasks change at once. */
  BURST,
  /** The operator is started again while the tasks run. */
  START,
  /** All tasks end. */
  FINISH,
  /** The operator is started again when there is nothing more to do. */
  RESTART,
  /**
   * The operator has gone, and the benchmark writes in its place: what does the API server allow?
   */
  WRITES;

  /** Measures it on {@code rig}. */
  public Section run(Rig rig) {
    rig.progress().say(toString());
    return measurement().of(rig);
  }

  private Measurement measurement() {
    return switch (this) {
      case MIRROR -> new Mirror();
      case STEADY -> new Steady();
      case TRICKLE -> new Trickle();
      case BURST -> new Burst();
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

  /** How one of them is measured. */
  interface Measurement {
    Section of(Rig rig);
  }
}
