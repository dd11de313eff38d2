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

  /** What the cloud says once the task has run. */
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

  /** Whether a fault is to befall {@code point}. */
  boolean concerns(RequestPoint point) {
    return this == ELECTED
        ? point.ofTheLease() && point.occurrence() <= RENEWALS
        : !point.ofTheLease();
  }

  /** What the object says in the end. */
  String phase() {
    return switch (this) {
      case SUCCESS -> "Succeeded";
      case FAILURE, ELECTED -> "Failed";
    };
  }
}
