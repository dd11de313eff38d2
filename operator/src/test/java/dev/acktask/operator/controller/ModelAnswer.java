package dev.acktask.operator.controller;

import java.time.Instant;

/** Answer of the {@link ModelCloud}. */
sealed interface ModelAnswer {

  /**
   * No usable answer.
   *
   * @param reason of Synced
   */
  record Hold(String reason) implements ModelAnswer {}

  /**
   * A task.
   *
   * @param observation meaning of the state
   * @param state as the cloud spells it
   * @param created creation of the task, or null
   */
  record Found(
      ModelObservation observation,
      String state,
      boolean resultsFailed,
      String clusterId,
      Instant created,
      Instant updated)
      implements ModelAnswer {

    /** A task of cluster {@code c1} without failed results and without a creation time. */
    static Found of(ModelObservation observation, String state, Instant updated) {
      return new Found(observation, state, false, "c1", null, updated);
    }

    Found withCreated(Instant created) {
      return new Found(observation, state, resultsFailed, clusterId, created, updated);
    }
  }
}
