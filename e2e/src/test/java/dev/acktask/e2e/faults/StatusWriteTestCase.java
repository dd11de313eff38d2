package dev.acktask.e2e.faults;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.history.ObjectVersion;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A running task whose verdict is known, but cannot be written at first. */
abstract class StatusWriteTestCase {
  static final Duration SOON = Duration.ofSeconds(30);
  static final Duration RECOVERY = Duration.ofMinutes(2);

  /** More writes than the retries of the Kubernetes client. */
  static final int MANY = 8;

  final ControlPlane controlPlane;

  StatusWriteTestCase(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  OperatorFixture follow(String prefix, Path kubeconfig) {
    OperatorFixture fixture = OperatorFixture.prepare(controlPlane, prefix);
    fixture
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL)
                .withReaction(RECOVERY)
                .withExtra(MANY));
    fixture.replica("operator", kubeconfig, Map.of()).start();
    fixture.cloud().answers("T-1", Answers.running("T-1"));
    fixture.tasks().create("task", "T-1");
    awaitPhase(fixture, "Running");
    return fixture;
  }

  /** Number of changes to the verdict: one, unless the status flaps. */
  static long verdicts(OperatorFixture fixture) {
    long verdicts = 0;
    String before = "";
    for (ObjectVersion version : fixture.recorder().history().versions()) {
      String phase = version.object().path("status").path("phase").asText();
      boolean isTask = version.object().path("metadata").path("name").asText().equals("task");
      verdicts += isTask && phase.equals("Failed") && !before.equals("Failed") ? 1 : 0;
      before = isTask ? phase : before;
    }
    return verdicts;
  }

  static void awaitPhase(OperatorFixture fixture, String phase) {
    fixture.tasks().awaitPhase("task", phase, RECOVERY);
  }
}
