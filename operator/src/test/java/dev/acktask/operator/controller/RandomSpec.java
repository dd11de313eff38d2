package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.TASK_ID;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import java.util.List;
import java.util.Random;

/** Random valid and invalid specs. */
final class RandomSpec {
  static final String OTHER_ID = "T-000000000000000000000b02";

  private RandomSpec() {}

  /** {@code s} with one field edited. */
  static AckTaskSpec near(AckTaskSpec s, Random random) {
    int field = random.nextInt(9);
    return s.toBuilder()
        .clusterId(field == 0 ? one(random, null, "c1", "c2") : s.clusterId())
        .pollInterval(field == 1 ? one(random, null, "15s", "1s", "1h", "often") : s.pollInterval())
        .suspend(
            List.of(2, 3, 4).contains(field)
                ? Boolean.valueOf(random.nextInt(3) == 0)
                : s.suspend())
        .deadline(field == 5 || field == 6 ? one(random, null, "10m", "2h", "soon") : s.deadline())
        .ttlSecondsAfterFinished(
            field == 7 ? one(random, null, 60L, 3_600L) : s.ttlSecondsAfterFinished())
        .successPolicy(field == 8 ? one(random, null, "Strict", "StateOnly") : s.successPolicy())
        .build();
  }

  /** {@code s} with another task id, which an older CRD allows. */
  static AckTaskSpec forAnyTask(AckTaskSpec s, Random random) {
    String id = one(random, TASK_ID, TASK_ID, OTHER_ID, OTHER_ID, "../x", "", null);
    return s.toBuilder().taskId(id).build();
  }

  @SafeVarargs
  static <T> T one(Random random, T... of) {
    return of[random.nextInt(of.length)];
  }
}
