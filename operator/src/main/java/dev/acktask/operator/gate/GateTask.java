package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.Phase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An AckTask as a gate reads it. Only a status counts that the operator wrote last, for the task
 * that the spec names.
 *
 * @param name of the AckTask
 * @param outcome of the task
 * @param phase of the AckTask, for messages
 * @param clusterId of the task, or that the spec names; null if unknown
 * @param taskCreated creation time of the task in the cloud; null if it is unknown, as before the
 *     first poll
 * @param message of the Succeeded condition; empty before the first poll
 * @param syncProblem message of Synced while it is False; null otherwise
 */
public record GateTask(
    String name,
    Outcome outcome,
    String phase,
    @Nullable String clusterId,
    @Nullable Instant taskCreated,
    String message,
    @Nullable String syncProblem) {

  /** A builder of an AckTask in phase Pending of which nothing else is known. */
  public static Builder builder(String name, Outcome outcome) {
    return new Builder(name, outcome);
  }

  /** The Succeeded condition of an AckTask. */
  public enum Outcome {
    /** True. */
    SUCCEEDED,
    /** False: failed, canceled, or it requires manual action. */
    NOT_SUCCEEDED,
    /** Unknown or absent. */
    UNFINISHED
  }

  /** Builds a {@link GateTask} by the names of its components. */
  public static final class Builder {
    private final String name;
    private final Outcome outcome;
    private String phase = Phase.PENDING.apiName();
    private @Nullable String clusterId;
    private @Nullable Instant taskCreated;
    private String message = "";
    private @Nullable String syncProblem;

    private Builder(String name, Outcome outcome) {
      this.name = name;
      this.outcome = outcome;
    }

    public Builder phase(String phase) {
      this.phase = phase;
      return this;
    }

    public Builder clusterId(@Nullable String clusterId) {
      this.clusterId = clusterId;
      return this;
    }

    public Builder taskCreated(@Nullable Instant taskCreated) {
      this.taskCreated = taskCreated;
      return this;
    }

    public Builder message(String message) {
      this.message = message;
      return this;
    }

    public Builder syncProblem(@Nullable String syncProblem) {
      this.syncProblem = syncProblem;
      return this;
    }

    public GateTask build() {
      return new GateTask(name, outcome, phase, clusterId, taskCreated, message, syncProblem);
    }
  }
}
