package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.controller.TaskModel.ExpectedStatus;
import dev.acktask.operator.controller.TaskModel.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A plausible status that another client wrote, and its model. */
record Forgery(
    Observation observation, String taskId, long generation, String refresh, Instant now) {
  static final AckTaskStatus CRD_DEFAULT =
      status(-1L, Phase.PENDING, null, null, null, null, null, List.of());

  AckTaskStatus status() {
    String time = now.toString().substring(0, 19) + "Z";
    String[] verdict = observation.succeeded.split("/", -1);
    List<Condition> conditions = new ArrayList<>();
    for (String type : List.of("Ready", "Succeeded")) {
      conditions.add(new Condition(type, verdict[0], verdict[1], "Forged.", generation, time));
    }
    String settled = observation.settled() ? "True" : "False";
    conditions.add(new Condition("Settled", settled, verdict[1], "Forged.", generation, time));
    if (!observation.settled() || verdict[0].equals("False")) {
      String type = observation.settled() ? "Stalled" : "Reconciling";
      conditions.add(new Condition(type, "True", verdict[1], "Forged.", generation, time));
    }
    conditions.add(new Condition("Synced", "True", "Observed", "Forged.", generation, time));
    conditions.sort(Comparator.comparing(Condition::type));
    return status(
        generation,
        phase(observation.phase),
        verdict[1],
        "Forged.",
        taskId,
        observation.finished() ? time : null,
        refresh,
        conditions);
  }

  ExpectedStatus expected() {
    return new ExpectedStatus(
        observation,
        null,
        false,
        "True/Observed",
        false,
        taskId,
        generation,
        refresh,
        null,
        null,
        false);
  }

  /** {@code status} with another phase. */
  static AckTaskStatus withPhase(AckTaskStatus s, Phase phase) {
    return s.toBuilder().phase(phase).build();
  }

  static ExpectedStatus withPhase(ExpectedStatus s, Phase phase) {
    return new ExpectedStatus(
        s.observation(),
        phase.apiName(),
        s.suspended(),
        s.synced(),
        s.overdue(),
        s.taskId(),
        s.generation(),
        s.refresh(),
        s.created(),
        s.updated(),
        false);
  }

  private static Phase phase(String word) {
    for (Phase phase : Phase.values()) {
      if (phase.apiName().equals(word)) {
        return phase;
      }
    }
    throw new AssertionError(word);
  }

  private static AckTaskStatus status(
      Long generation,
      Phase phase,
      String reason,
      String message,
      String taskId,
      String completionTime,
      String refresh,
      List<Condition> conditions) {
    return AckTaskStatus.builder()
        .observedGeneration(generation)
        .phase(phase)
        .reason(reason)
        .message(message)
        .taskId(taskId)
        .completionTime(completionTime)
        .lastHandledRefreshAt(refresh)
        .conditions(conditions)
        .build();
  }
}
