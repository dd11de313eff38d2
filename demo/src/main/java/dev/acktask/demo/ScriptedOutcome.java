package dev.acktask.demo;

import java.util.List;

/**
 * What must become of an object of the example, because the script of its task says so.
 *
 * @param name of the AckTask
 * @param phase that it ends in
 * @param reason of that phase
 */
record ScriptedOutcome(String name, String phase, String reason) {
  static final List<ScriptedOutcome> OF_FIRST_TASK_EXAMPLE =
      List.of(
          new ScriptedOutcome("install-metrics", "Succeeded", "TaskSucceeded"),
          new ScriptedOutcome("roll-out-kubelet", "Canceled", "TaskCanceled"),
          new ScriptedOutcome("scale-out-web", "Failed", "ResultsFailed"),
          new ScriptedOutcome("upgrade-cluster", "Succeeded", "TaskSucceeded"),
          new ScriptedOutcome("upgrade-shop-pool", "Failed", "TaskFailed"));

  /** The one whose status is shown at the end: it has the most to tell. */
  static final String TELLING_FAILURE = "upgrade-shop-pool";
}
