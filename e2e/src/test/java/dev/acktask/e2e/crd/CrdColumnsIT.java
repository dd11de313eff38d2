package dev.acktask.e2e.crd;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The columns of {@code kubectl get}, compared with golden files in {@code
 * src/test/resources/crd/columns}.
 */
@OnControlPlane
class CrdColumnsIT {
  private final ControlPlane controlPlane;
  private String namespace;

  CrdColumnsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeEach
  void tasksInSeveralPhases() {
    namespace = controlPlane.createNamespace("columns");
    AckTasks tasks = new AckTasks(controlPlane.admin(), namespace);
    tasks.create("addon", "T-3");
    tasks.create("scale-out", "T-2");
    tasks.create("upgrade", "T-1");
    controlPlane
        .kubectl("label", "-n", namespace, "acktask/upgrade", "acktask.dev/started-by=maintenance")
        .orThrow();
    tasks.writeStatus(
        "scale-out",
        Map.ofEntries(
            Map.entry("phase", "Failed"),
            Map.entry("taskType", "nodepool_scaleout"),
            Map.entry("clusterId", "c1"),
            Map.entry("target", Map.of("id", "np1", "type", "nodepool")),
            Map.entry("connection", Map.of("kind", "BuiltIn", "regionId", "cn-hangzhou")),
            Map.entry("progress", "2/3"),
            Map.entry("startTime", "2026-01-01T00:00:00Z"),
            Map.entry("completionTime", "2026-01-01T00:05:00Z"),
            Map.entry("reason", "TaskFailed"),
            Map.entry("message", "The task failed: no stock.")));
    tasks.writeStatus(
        "upgrade",
        Map.ofEntries(
            Map.entry("phase", "Running"),
            Map.entry("taskType", "cluster_upgrade"),
            Map.entry("clusterId", "c1"),
            Map.entry("target", Map.of("id", "c1", "type", "cluster")),
            Map.entry("connection", Map.of("kind", "AckConnection", "name", "shop")),
            Map.entry("currentStage", "upgrading_master"),
            Map.entry("progress", "1/5"),
            Map.entry("estimatedCompletionTime", "2026-01-01T00:42:00Z"),
            Map.entry("estimateSampleSize", 7),
            Map.entry("startTime", "2026-01-01T00:00:00Z"),
            Map.entry("reason", "Running"),
            Map.entry("message", "The task is running.")));
  }

  @Test
  void shouldPrintTheAgreedColumnsWhenListed() throws Exception {
    KubectlTable.of(controlPlane.kubectl("get", "acktasks", "-n", namespace))
        .assertEqualsFile("default.txt");
  }

  @Test
  void shouldPrintTheAgreedColumnsWhenListedWide() throws Exception {
    KubectlTable.of(controlPlane.kubectl("get", "acktasks", "-n", namespace, "-o", "wide"))
        .assertEqualsFile("wide.txt");
  }
}
