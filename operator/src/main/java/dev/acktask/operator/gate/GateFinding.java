package dev.acktask.operator.gate;

import java.util.List;

/** What one evaluation found. */
record GateFinding(GateVerdict verdict, GateSync sync) {

  /** A final verdict does not depend on later polls. */
  GateFinding {
    sync = verdict.isSettled() ? GateSync.OBSERVED : sync;
  }

  /** The gate never opens. */
  static GateFinding invalid(List<String> problems) {
    String message = String.join(" ", problems) + " Create a gate with a valid spec.";
    return new GateFinding(GateVerdict.invalid(message), GateSync.OBSERVED);
  }
}
