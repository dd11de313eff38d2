package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.gate.GateTask.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** AckTasks as a gate reads them: created ten minutes before {@link Gates#CREATED}. */
final class GateTasks {
  private final String name;
  private final Outcome outcome;
  private String phase;
  private @Nullable String clusterId = "c1";
  private @Nullable Instant created = Gates.CREATED.minusSeconds(600);
  private String message;
  private @Nullable String syncProblem;

  private GateTasks(String name, Outcome outcome, Phase phase, String message) {
    this.name = name;
    this.outcome = outcome;
    this.phase = phase.apiName();
    this.message = message;
  }

  static GateTasks succeeded(String name) {
    return new GateTasks(name, Outcome.SUCCEEDED, Phase.SUCCEEDED, name + " succeeded.");
  }

  static GateTasks running(String name) {
    return new GateTasks(name, Outcome.UNFINISHED, Phase.RUNNING, name + " is running.");
  }

  static GateTasks failed(String name) {
    return new GateTasks(name, Outcome.NOT_SUCCEEDED, Phase.FAILED, name + " failed: no quota.");
  }

  /** Before the first poll: nothing is known of the task. */
  static GateTasks notObserved(String name) {
    return new GateTasks(name, Outcome.UNFINISHED, Phase.PENDING, "").cluster(null).created(null);
  }

  /** {@code number} succeeded tasks: a, b, c … */
  static List<GateTasks> allSucceeded(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> succeeded(String.valueOf((char) ('a' + i))))
        .toList();
  }

  GateTasks phase(Phase phase) {
    this.phase = phase.apiName();
    return this;
  }

  GateTasks cluster(@Nullable String clusterId) {
    this.clusterId = clusterId;
    return this;
  }

  GateTasks created(@Nullable Instant created) {
    this.created = created;
    return this;
  }

  GateTasks message(String message) {
    this.message = message;
    return this;
  }

  GateTasks syncProblem(String syncProblem) {
    this.syncProblem = syncProblem;
    return this;
  }

  GateTask build() {
    return GateTask.builder(name, outcome)
        .phase(phase)
        .clusterId(clusterId)
        .taskCreated(created)
        .message(message)
        .syncProblem(syncProblem)
        .build();
  }
}
