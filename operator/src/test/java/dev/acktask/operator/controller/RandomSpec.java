package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import java.util.List;
import java.util.Random;

/** What a user might write, sense and nonsense. */
final class RandomSpec {
  static final String OTHER_ID = "T-000000000000000000000b02";

  private RandomSpec() {}

  /** {@code s} with one field edited. */
  static AckTaskSpec near(AckTaskSpec s, Random random) {
    int field = random.nextInt(9);
    return new AckTaskSpec(
        s.taskId(),
        field == 0 ? one(random, null, "c1", "c2") : s.clusterId(),
        field == 1 ? one(random, null, "15s", "1s", "1h", "often") : s.pollInterval(),
        List.of(2, 3, 4).contains(field) ? Boolean.valueOf(random.nextInt(3) == 0) : s.suspend(),
        field == 5 || field == 6 ? one(random, null, "10m", "2h", "soon") : s.deadline(),
        field == 7 ? one(random, null, 60L, 3_600L) : s.ttlSecondsAfterFinished(),
        s.include(),
        field == 8 ? one(random, null, "Strict", "StateOnly") : s.successPolicy());
  }

  /** {@code s} with another task id, where an older CRD does not keep it from changing. */
  static AckTaskSpec forAnyTask(AckTaskSpec s, Random random) {
    String id = ReconcilerTestCase.TASK_ID;
    return new AckTaskSpec(
        one(random, id, id, OTHER_ID, OTHER_ID, "../x", "", null),
        s.clusterId(),
        s.pollInterval(),
        s.suspend(),
        s.deadline(),
        s.ttlSecondsAfterFinished(),
        s.include(),
        s.successPolicy());
  }

  @SafeVarargs
  static <T> T one(Random random, T... of) {
    return of[random.nextInt(of.length)];
  }
}
