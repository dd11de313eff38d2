package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.controller.TaskModel.Seen;
import dev.acktask.operator.controller.TaskModel.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A status that somebody else wrote, complete and plausible, and the same for the model. */
record Forgery(Seen seen, String taskId, long generation, String refresh, Instant now) {
  static final AckTaskStatus CRD_DEFAULT =
      status(-1L, Phase.PENDING, null, null, null, null, null, List.of());

  AckTaskStatus status() {
    String time = now.toString().substring(0, 19) + "Z";
    String[] verdict = seen.succeeded.split("/", -1);
    List<Condition> conditions = new ArrayList<>();
    for (String type : List.of("Ready", "Succeeded")) {
      conditions.add(new Condition(type, verdict[0], verdict[1], "Forged.", generation, time));
    }
    String settled = seen.settled() ? "True" : "False";
    conditions.add(new Condition("Settled", settled, verdict[1], "Forged.", generation, time));
    if (!seen.settled() || verdict[0].equals("False")) {
      String type = seen.settled() ? "Stalled" : "Reconciling";
      conditions.add(new Condition(type, "True", verdict[1], "Forged.", generation, time));
    }
    conditions.add(new Condition("Synced", "True", "Observed", "Forged.", generation, time));
    conditions.sort(Comparator.comparing(Condition::type));
    return status(
        generation,
        phase(seen.phase),
        verdict[1],
        "Forged.",
        taskId,
        seen.finished() ? time : null,
        refresh,
        conditions);
  }

  Shown shown() {
    return new Shown(
        seen, null, false, "True/Observed", false, taskId, generation, refresh, null, null, false);
  }

  /** {@code status} with another phase and nothing else changed. */
  static AckTaskStatus withPhase(AckTaskStatus s, Phase phase) {
    return new AckTaskStatus(
        s.observedGeneration(),
        phase,
        s.reason(),
        s.message(),
        s.taskId(),
        s.state(),
        s.taskType(),
        s.clusterId(),
        s.target(),
        s.currentStage(),
        s.createdTime(),
        s.updatedTime(),
        s.startTime(),
        s.completionTime(),
        s.progress(),
        s.stages(),
        s.events(),
        s.results(),
        s.error(),
        s.parameters(),
        s.omitted(),
        s.lastHandledRefreshAt(),
        s.requestId(),
        s.conditions());
  }

  static Shown withPhase(Shown s, Phase phase) {
    return new Shown(
        s.seen(),
        phase.word(),
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
      if (phase.word().equals(word)) {
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
    return new AckTaskStatus(
        generation,
        phase,
        reason,
        message,
        taskId,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        completionTime,
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        refresh,
        null,
        conditions);
  }
}
