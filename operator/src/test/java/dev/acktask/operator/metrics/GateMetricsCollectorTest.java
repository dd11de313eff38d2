package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GateMetricsCollectorTest {
  private final List<AckTaskGate> gates = new ArrayList<>();

  @Test
  void shouldExportTheConditions() throws IOException {
    add("pools", condition("Succeeded", Condition.FALSE), condition("Settled", Condition.TRUE));

    assertEquals(
        List.of(
            "acktask_gate_status_condition{acktaskgate=\"pools\",condition=\"Settled\","
                + "namespace=\"shop\",status=\"True\"} 1.0",
            "acktask_gate_status_condition{acktaskgate=\"pools\",condition=\"Succeeded\","
                + "namespace=\"shop\",status=\"False\"} 1.0",
            "acktask_operator_gates_without_series 0.0"),
        scrape(true, 10));
  }

  @Test
  void shouldMakeNoLabelsOfAForgedStatus() throws IOException {
    add("pools", condition("Odd", Condition.TRUE), condition("Ready", "Perhaps"));

    assertEquals(List.of("acktask_operator_gates_without_series 0.0"), scrape(true, 10));
  }

  @Test
  void shouldExportNothingOnAStandbyReplica() throws IOException {
    add("pools", condition("Succeeded", Condition.FALSE));

    assertEquals(List.of(), scrape(false, 10));
  }

  @Test
  void shouldExportNothingOfAGateWithoutAStatus() throws IOException {
    add("pools");
    gates.getFirst().setStatus(null);

    assertEquals(List.of("acktask_operator_gates_without_series 0.0"), scrape(true, 10));
  }

  @Test
  void shouldGiveSeriesToTheNewestGatesAndCountTheOthers() throws IOException {
    for (int i = 0; i < 5; i++) {
      add("gate-" + i, condition("Ready", Condition.TRUE));
      gates.get(i).getMetadata().setCreationTimestamp("2026-01-02T03:00:0" + i + "Z");
    }

    List<String> lines = scrape(true, 2);

    assertEquals(3, lines.size());
    assertEquals(
        "acktask_gate_status_condition{acktaskgate=\"gate-3\",condition=\"Ready\","
            + "namespace=\"shop\",status=\"True\"} 1.0",
        lines.getFirst());
    assertEquals("acktask_operator_gates_without_series 3.0", lines.getLast());
  }

  private void add(String name, Condition... conditions) {
    AckTaskGate gate = new AckTaskGate();
    gate.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName(name).build());
    gate.setStatus(new GateStatus(1L, "Waiting", "0/1", null, List.of(conditions)));
    gates.add(gate);
  }

  private static Condition condition(String type, String status) {
    return new Condition(type, status, "Reason", "m", 1L, "2026-01-02T03:00:00Z");
  }

  private List<String> scrape(boolean isLeader, int limit) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ExpositionFormats.init()
        .getPrometheusTextFormatWriter()
        .write(out, new GateMetricsCollector(() -> gates, () -> isLeader, limit).collect());
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .toList();
  }
}
