package dev.acktask.e2e.faultinjection;

import dev.acktask.e2e.operator.Answers;
import dev.acktask.simulator.response.Response;
import java.util.Map;

/** The course of the task of a run. */
enum Scenario {
  SUCCESS,
  FAILURE,
  /** Like FAILURE, by a replica that must hold the lease; only its requests for that one count. */
  ELECTED;

  /** A lease is renewed indefinitely; later renewals are like the second. */
  private static final int RENEWALS = 2;

  static final String TASK = "T-1";

  /** The last answer of the cloud. */
  Response end() {
    return switch (this) {
      case SUCCESS -> Answers.success(TASK);
      case FAILURE, ELECTED -> Answers.failed(TASK, "Broken", "It broke.");
    };
  }

  /** Settings of the operator. */
  Map<String, String> settings() {
    return Map.of("ACKTASK_LEADER_ELECTION", String.valueOf(this == ELECTED));
  }

  /** True when {@code point} gets a fault. */
  boolean concerns(RequestPoint point) {
    return this == ELECTED
        ? point.ofTheLease() && point.occurrence() <= RENEWALS
        : point.ofTheTask();
  }

  /** The final phase of the object. */
  String phase() {
    return switch (this) {
      case SUCCESS -> "Succeeded";
      case FAILURE, ELECTED -> "Failed";
    };
  }
}
