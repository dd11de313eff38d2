package dev.acktask.e2e.interruption;

import dev.acktask.e2e.operator.Answers;
import dev.acktask.simulator.reply.Reply;

/** What becomes of the one task of a run. */
enum Scenario {
  SUCCESS,
  FAILURE;

  static final String TASK = "T-1";

  /** What the cloud says once the task has run. */
  Reply end() {
    return switch (this) {
      case SUCCESS -> Answers.success(TASK);
      case FAILURE -> Answers.failed(TASK, "Broken", "It broke.");
    };
  }

  /** What the object says in the end. */
  String phase() {
    return switch (this) {
      case SUCCESS -> "Succeeded";
      case FAILURE -> "Failed";
    };
  }
}
