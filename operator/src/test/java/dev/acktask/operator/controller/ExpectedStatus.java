package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The status that the {@link TaskModel} expects.
 *
 * @param phase forged phase that contradicts the conditions, or null
 * @param created creation of the task, or null
 * @param updated last change of the task in the status, or null
 * @param own false when another client wrote the status last
 */
record ExpectedStatus(
    ModelObservation observation,
    String phase,
    boolean suspended,
    String synced,
    boolean overdue,
    String taskId,
    long generation,
    String refresh,
    Instant created,
    Instant updated,
    boolean own) {

  /** Before the first write. */
  static final ExpectedStatus NOTHING = new Builder().build();

  /** True when no answer may change the verdict. */
  boolean isFinal(AckTask task) {
    return own && observation.finished() && Objects.equals(taskId, task.getSpec().taskId());
  }

  ExpectedStatus withoutUpdated() {
    return toBuilder().updated(null).build();
  }

  ExpectedStatus byOperator() {
    return toBuilder().own(true).build();
  }

  /** The checked facts of the status, by name. */
  Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    boolean finished = observation.finished();
    String verdict = suspended ? "Unknown/Suspended" : observation.succeeded;
    facts.put("phase", phase == null ? observation.phase : phase);
    facts.put("Succeeded", verdict);
    facts.put("Ready", verdict);
    facts.put("Settled", observation.settled() ? "True" : "False");
    facts.put("Reconciling", observation.settled() || suspended ? "-" : "True");
    facts.put("Stalled", verdict.startsWith("False") ? "True" : "-");
    facts.put("Synced", synced);
    facts.put("Overdue", overdue ? "True" : "-");
    facts.put("completionTime", finished ? "set" : "-");
    facts.put("observedGeneration", Long.toString(generation));
    facts.put("taskId", Objects.requireNonNullElse(taskId, "-"));
    facts.put("lastHandledRefreshAt", Objects.requireNonNullElse(refresh, "-"));
    return generation < 0 ? Map.of() : facts;
  }

  /** A builder with the values of this status. */
  Builder toBuilder() {
    return new Builder()
        .observation(observation)
        .phase(phase)
        .suspended(suspended)
        .synced(synced)
        .overdue(overdue)
        .taskId(taskId)
        .generation(generation)
        .refresh(refresh)
        .created(created)
        .updated(updated)
        .own(own);
  }

  /** Builds an {@link ExpectedStatus} by the names of its components. */
  static final class Builder {
    private ModelObservation observation = ModelObservation.NOTHING;
    private String phase;
    private boolean suspended;
    private String synced = "Unknown/NotObserved";
    private boolean overdue;
    private String taskId;
    private long generation = -1;
    private String refresh;
    private Instant created;
    private Instant updated;
    private boolean own = true;

    private Builder() {}

    Builder observation(ModelObservation observation) {
      this.observation = observation;
      return this;
    }

    Builder phase(String phase) {
      this.phase = phase;
      return this;
    }

    Builder suspended(boolean suspended) {
      this.suspended = suspended;
      return this;
    }

    Builder synced(String synced) {
      this.synced = synced;
      return this;
    }

    Builder overdue(boolean overdue) {
      this.overdue = overdue;
      return this;
    }

    Builder taskId(String taskId) {
      this.taskId = taskId;
      return this;
    }

    Builder generation(long generation) {
      this.generation = generation;
      return this;
    }

    Builder refresh(String refresh) {
      this.refresh = refresh;
      return this;
    }

    Builder created(Instant created) {
      this.created = created;
      return this;
    }

    Builder updated(Instant updated) {
      this.updated = updated;
      return this;
    }

    Builder own(boolean own) {
      this.own = own;
      return this;
    }

    ExpectedStatus build() {
      return new ExpectedStatus(
          observation,
          phase,
          suspended,
          synced,
          overdue,
          taskId,
          generation,
          refresh,
          created,
          updated,
          own);
    }
  }
}
