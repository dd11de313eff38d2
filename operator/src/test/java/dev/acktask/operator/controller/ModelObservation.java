package dev.acktask.operator.controller;

/** Last observation of a task in the {@link TaskModel}, with its phase and Succeeded condition. */
enum ModelObservation {
  NOTHING("Pending", "Unknown/NotObserved"),
  RUNNING("Running", "Unknown/Running"),
  PAUSED("Paused", "Unknown/Paused"),
  STRANGE_WORD("Unknown", "Unknown/UnrecognizedState"),
  SUCCESS("Succeeded", "True/TaskSucceeded"),
  FAILED_RESULTS("Failed", "False/ResultsFailed"),
  FAILURE("Failed", "False/TaskFailed"),
  CANCEL("Canceled", "False/TaskCanceled"),
  MISSING("Stalled", "False/TaskNotFound"),
  OTHER_CLUSTER("Stalled", "False/ClusterMismatch"),
  MALFORMED_ID("Stalled", "False/InvalidSpec");

  final String phase;
  final String succeeded;

  ModelObservation(String phase, String succeeded) {
    this.phase = phase;
    this.succeeded = succeeded;
  }

  boolean settled() {
    return !succeeded.startsWith("Unknown");
  }

  boolean finished() {
    return settled() && !phase.equals("Stalled");
  }
}
