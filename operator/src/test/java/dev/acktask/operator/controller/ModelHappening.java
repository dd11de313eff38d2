package dev.acktask.operator.controller;

import java.util.Arrays;
import java.util.Random;

/** Steps of a {@link ModelWorld} with their relative frequency. */
enum ModelHappening {
  TIME_PASSES(30),
  LONG_TIME_PASSES(4),
  CLOCK_IS_SET(1),
  CLOUD_CHANGES(16),
  SPEC_EDIT(12),
  TASK_ID_EDIT(4),
  LABEL_EDIT(2),
  REFRESH(5),
  FORGERY(5),
  PHASE_FORGERY(2),
  RECREATION(2),
  RESTART(3),
  CONNECTION_CHANGES(4),
  CONNECTION_CHANGES_DURING_POLL(3),
  OBSERVATION_DROPPED(3),
  STALE_RECONCILE(3),
  EDIT_DURING_RECONCILE(6),
  CONFLICTS(3),
  WRITE_LOST(4),
  ANSWER_OF_WRITE_LOST(4),
  DETAILS_REFUSED(2),
  LEADERSHIP_LOST(2),
  CRASH(2);

  private final int weight;

  ModelHappening(int weight) {
    this.weight = weight;
  }

  static ModelHappening draw(Random random) {
    int draw = random.nextInt(Arrays.stream(values()).mapToInt(h -> h.weight).sum());
    for (ModelHappening happening : values()) {
      draw -= happening.weight;
      if (draw < 0) {
        return happening;
      }
    }
    throw new AssertionError();
  }
}
