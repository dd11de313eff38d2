package dev.acktask.e2e.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * etcd is restored from a backup in which a task runs that has finished since. The history of the
 * object goes backwards, so the history checker does not apply to this test.
 */
@OnControlPlane
class EtcdRestoreIT {
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  private final ControlPlane controlPlane;

  @TempDir Path folder;

  EtcdRestoreIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @Test
  @Tag("F75")
  void shouldPollAgainWhenTheBackupHasTheTaskAsRunning() throws IOException {
    AckTasks tasks =
        new AckTasks(controlPlane.admin(), controlPlane.createNamespace("etcd-restored"));
    try (Simulator cloud = Simulator.builder().credential("LTAI-e2e", "canary-secret").start();
        OperatorProcess operator = operator(cloud, tasks.namespace())) {
      // given
      cloud.answers("T-1", Answers.running("T-1"));
      operator.start();
      tasks.create("task", "T-1");
      awaitPhase(operator, tasks, "Running");
      Path backup = controlPlane.backUpEtcd(folder);
      cloud.answers("T-1", Answers.success("T-1"));
      awaitPhase(operator, tasks, "Succeeded");

      // when
      int calls = cloud.callCount("T-1");
      controlPlane.restoreEtcd(backup);
      assertEquals("Running", tasks.get("task").<String>get("status", "phase"));

      // then
      awaitPhase(operator, tasks, "Succeeded");
      int more = cloud.callCount("T-1") - calls;
      assertTrue(more <= 1, () -> more + " polls"); // none if the process still knows the verdict
    }
  }

  private OperatorProcess operator(Simulator cloud, String namespace) {
    return OperatorProcess.of(
        "operator",
        controlPlane.kubeconfigFor(
            OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT),
        Map.ofEntries(
            Map.entry("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI-e2e"),
            Map.entry("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "canary-secret"),
            Map.entry("ACKTASK_DEFAULT_REGION", "cn-hangzhou"),
            Map.entry("ACKTASK_ENDPOINT_PUBLIC", cloud.endpoint().toString()),
            Map.entry("ACKTASK_ALLOW_PLAINTEXT_ENDPOINT", "true"),
            Map.entry("ACKTASK_DEFAULT_POLL_INTERVAL", "1s"),
            Map.entry("ACKTASK_MIN_POLL_INTERVAL", "1s"),
            Map.entry("ACKTASK_WATCH_NAMESPACES", namespace),
            Map.entry("ACKTASK_MANAGEMENT_PORT", "0"),
            Map.entry("ACKTASK_HEALTH_PORT", "0"),
            Map.entry("ACKTASK_LIVENESS_INTERVAL", "5s")),
        Settings.output().resolve("operator").resolve(namespace),
        controlPlane.reaper());
  }

  /** Restarts an operator that has exited, like the kubelet. */
  private static void awaitPhase(OperatorProcess operator, AckTasks tasks, String phase) {
    await()
        .atMost(RECOVERY)
        .until(
            () -> {
              if (!operator.isAlive()) {
                operator.start();
              }
              return phase.equals(tasks.get("task").get("status", "phase"));
            });
  }
}
