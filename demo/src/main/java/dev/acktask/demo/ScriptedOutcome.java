package dev.acktask.demo;

import java.util.List;

/**
 * The expected final status of an AckTask, given by the script of its task.
 *
 * @param name of the AckTask
 * @param phase that it ends in
 * @param reason of that phase
 */
record ScriptedOutcome(String name, String phase, String reason) {
  /** The AckTask that only the operator creates. */
  static final String DISCOVERED = "t-sim-maintenance";

  static final List<ScriptedOutcome> OF_EXAMPLE =
      List.of(
          new ScriptedOutcome("install-metrics", "Succeeded", "TaskSucceeded"),
          new ScriptedOutcome("roll-out-kubelet", "Canceled", "TaskCanceled"),
          new ScriptedOutcome("scale-out-web", "Failed", "ResultsFailed"),
          new ScriptedOutcome(DISCOVERED, "Succeeded", "TaskSucceeded"),
          new ScriptedOutcome("upgrade-cluster", "Succeeded", "TaskSucceeded"),
          new ScriptedOutcome("upgrade-shop-pool", "Failed", "TaskFailed"));

  /** The failure whose status is printed at the end: it has the most details. */
  static final String EXPLAINED_FAILURE = "upgrade-shop-pool";
}
