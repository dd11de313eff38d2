package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A plausible status that another client wrote, and its model. */
record Forgery(
    ModelObservation observation, String taskId, long generation, String refresh, Instant now) {
  static final AckTaskStatus CRD_DEFAULT =
      AckTaskStatus.builder().observedGeneration(-1L).phase(Phase.PENDING).build();

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
    return AckTaskStatus.builder()
        .observedGeneration(generation)
        .phase(phase(observation.phase))
        .reason(verdict[1])
        .message("Forged.")
        .taskId(taskId)
        .completionTime(observation.finished() ? time : null)
        .lastHandledRefreshAt(refresh)
        .conditions(conditions)
        .build();
  }

  ExpectedStatus expected() {
    return ExpectedStatus.NOTHING.toBuilder()
        .observation(observation)
        .synced("True/Observed")
        .taskId(taskId)
        .generation(generation)
        .refresh(refresh)
        .own(false)
        .build();
  }

  /** {@code status} with another phase. */
  static AckTaskStatus withPhase(AckTaskStatus s, Phase phase) {
    return s.toBuilder().phase(phase).build();
  }

  static ExpectedStatus withPhase(ExpectedStatus s, Phase phase) {
    return s.toBuilder().phase(phase.apiName()).own(false).build();
  }

  private static Phase phase(String name) {
    for (Phase phase : Phase.values()) {
      if (phase.apiName().equals(name)) {
        return phase;
      }
    }
    throw new AssertionError(name);
  }
}
