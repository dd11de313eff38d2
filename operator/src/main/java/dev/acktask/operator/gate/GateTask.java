package dev.acktask.operator.gate;

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

  /** The Succeeded condition of an AckTask. */
  public enum Outcome {
    /** True. */
    SUCCEEDED,
    /** False: failed, canceled, or it requires manual action. */
    NOT_SUCCEEDED,
    /** Unknown or absent. */
    UNFINISHED
  }
}
