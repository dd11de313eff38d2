package dev.acktask.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.bench.cloud.Answers;
import dev.acktask.bench.cloud.Clusters;
import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.harness.Load;
import dev.acktask.bench.harness.Progress;
import dev.acktask.bench.scenario.Scenario;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tasks of one namespace need ten times the request budget. */
@OnControlPlane
class FairnessIT {
  private static final int TASKS = 400;
  private static final int REQUESTS_PER_MINUTE = 1_200;

  private final ControlPlane controlPlane;

  FairnessIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  void shouldPollAnotherNamespaceBeforeTheBacklogOfTheFirst() {
    // given
    Load load =
        new Load(
            TASKS,
            0,
            Duration.ofSeconds(2),
            new Answers(Duration.ofMillis(20), false, Clusters.ONE),
            new Load.Timing(Duration.ofSeconds(2), Duration.ofSeconds(2), false),
            new Load.OperatorSettings(REQUESTS_PER_MINUTE, 1, "512m", List.of(), false));
    Progress progress = new Progress(System.out);
    try (Harness harness = Harness.prepare(load, controlPlane, progress)) {
      Scenario.MIRROR.run(harness);

      // when
      double before = Scenario.FAIRNESS.run(harness).value("polls before its first");

      // then
      harness.deleteObjects(); // other tests have the same API server
      assertTrue(before < TASKS / 4.0, () -> before + " polls of the other namespace come first");
    }
  }
}
