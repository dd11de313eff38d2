package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import java.time.Duration;
import java.util.Map;

/** A running task whose operator loses the Kubernetes API and recovers. */
abstract class ApiServerFaultsTestCase {
  static final Duration SOON = Duration.ofSeconds(30);
  static final Duration RECOVERY = Duration.ofMinutes(2);

  /** A watchdog with a short interval, which gives up on a watch after ten seconds. */
  static final Map<String, String> WATCHFUL = Map.of("ACKTASK_LIVENESS_INTERVAL", "5s");

  final ControlPlane controlPlane;

  ApiServerFaultsTestCase(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  /** A running task; the bounds allow for the growing pauses between retries. */
  OperatorFixture follow(String prefix) {
    return follow(prefix, Map.of());
  }

  OperatorFixture follow(String prefix, Map<String, String> settings) {
    OperatorFixture fixture = OperatorFixture.prepare(controlPlane, prefix, settings);
    fixture.replica("operator").start();
    fixture
        .recorder()
        .expect(
            Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withReaction(RECOVERY).withExtra(3));
    fixture.cloud().answers("T-1", Answers.running("T-1"));
    fixture.tasks().create("task", "T-1");
    awaitPhase(fixture, "task", "Running");
    return fixture;
  }

  /** Asserts that the watch works: a new object is reconciled. */
  static void awaitNewObject(OperatorFixture fixture) {
    fixture.cloud().answers("T-after", Answers.success("T-after"));
    fixture.tasks().create("after", "T-after");
    awaitPhase(fixture, "after", "Succeeded");
  }

  /** Restarts an operator that has exited, like the kubelet; that counts as recovery. */
  static void awaitPhase(OperatorFixture fixture, String name, String phase) {
    awaitPhase(fixture, name, phase, RECOVERY);
  }

  static void awaitPhase(OperatorFixture fixture, String name, String phase, Duration atMost) {
    await()
        .atMost(atMost)
        .until(
            () -> {
              if (!fixture.operator().isAlive()) {
                fixture.operator().start();
              }
              return phase.equals(fixture.tasks().phase(name));
            });
  }
}
