package dev.acktask.e2e.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    tasks.writeStatus(
        "scale-out",
        Map.ofEntries(
            Map.entry("phase", "Failed"),
            Map.entry("taskType", "nodepool_scaleout"),
            Map.entry("clusterId", "c1"),
            Map.entry("target", Map.of("id", "np1", "type", "nodepool")),
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
            Map.entry("currentStage", "upgrading_master"),
            Map.entry("progress", "1/5"),
            Map.entry("startTime", "2026-01-01T00:00:00Z"),
            Map.entry("reason", "Running"),
            Map.entry("message", "The task is running.")));
  }

  @Test
  void shouldPrintTheAgreedColumnsWhenListed() throws Exception {
    assertEquals(golden("default.txt"), table("get", "acktasks", "-n", namespace));
  }

  @Test
  void shouldPrintTheAgreedColumnsWhenListedWide() throws Exception {
    assertEquals(golden("wide.txt"), table("get", "acktasks", "-n", namespace, "-o", "wide"));
  }

  /** The output of kubectl, with one bar between cells and masked ages, because both vary. */
  private String table(String... arguments) {
    List<String> lines = controlPlane.kubectl(arguments).orThrow().lines().toList();
    String header = lines.get(0);
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < header.length(); i++) {
      if (header.charAt(i) != ' ' && (i == 0 || header.charAt(i - 1) == ' ')) {
        starts.add(i);
      }
    }
    StringBuilder table = new StringBuilder();
    for (String line : lines) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < starts.size(); i++) {
        int from = Math.min(starts.get(i), line.length());
        int to = i + 1 < starts.size() ? Math.min(starts.get(i + 1), line.length()) : line.length();
        cells.add(line.substring(from, to).strip().replaceFirst("^(\\d+[smhdy])+$", "<age>"));
      }
      table.append(String.join(" | ", cells).stripTrailing()).append('\n');
    }
    return table.toString();
  }

  private static String golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CrdColumnsIT.class.getResourceAsStream("/crd/columns/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
