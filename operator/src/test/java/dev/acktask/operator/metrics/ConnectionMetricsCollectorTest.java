package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ConnectionMetricsCollectorTest {
  private static final String SINCE = "2026-01-02T03:00:00Z";
  private static final Condition READY = condition("Ready", Condition.TRUE);

  private final List<CustomResource<ConnectionSpec, ConnectionStatus>> connections =
      new ArrayList<>();

  @Test
  void shouldExportTheConditionsAndTheTasksOfBothKinds() throws IOException {
    // given
    add(
        new AckConnection(),
        "shop",
        "production",
        status(
            new ConnectionStatus.Tasks(5, 2),
            condition("Ready", Condition.FALSE),
            condition("Throttled", Condition.TRUE)));
    add(new ClusterAckConnection(), null, "eu", status(null, READY));

    // then
    assertEquals(
        List.of(
            "acktask_connection_status_condition{condition=\"Ready\",connection=\"eu\","
                + "connection_kind=\"ClusterAckConnection\",status=\"True\"} 1.0",
            "acktask_connection_status_condition{condition=\"Ready\","
                + "connection=\"shop/production\",connection_kind=\"AckConnection\","
                + "status=\"False\"} 1.0",
            "acktask_connection_status_condition{condition=\"Throttled\","
                + "connection=\"shop/production\",connection_kind=\"AckConnection\","
                + "status=\"True\"} 1.0",
            "acktask_connection_tasks{connection=\"shop/production\","
                + "connection_kind=\"AckConnection\",state=\"finished\"} 3.0",
            "acktask_connection_tasks{connection=\"shop/production\","
                + "connection_kind=\"AckConnection\",state=\"unfinished\"} 2.0",
            "acktask_operator_connections_without_series 0.0"),
        scrape(true, 10));
  }

  @Test
  void shouldExportNothingOnAStandbyReplica() throws IOException {
    add(new ClusterAckConnection(), null, "eu", status(null, READY));

    assertEquals(List.of(), scrape(false, 10));
  }

  @Test
  void shouldExportNothingOfAnObjectWithoutAStatus() throws IOException {
    add(new ClusterAckConnection(), null, "eu", null);

    assertEquals(List.of("acktask_operator_connections_without_series 0.0"), scrape(true, 10));
  }

  @Test
  void shouldGiveSeriesToTheOldestObjectsAndCountTheOthers() throws IOException {
    for (int i = 9; i >= 0; i--) {
      add(new ClusterAckConnection(), null, "c" + i, status(null, READY));
      connections.get(9 - i).getMetadata().setCreationTimestamp("2026-01-02T03:00:0" + i + "Z");
    }

    List<String> lines = scrape(true, 2);

    assertEquals(3, lines.size());
    assertTrue(lines.get(0).contains("\"c0\"") && lines.get(1).contains("\"c1\""));
    assertEquals("acktask_operator_connections_without_series 8.0", lines.get(2));
  }

  @Test
  void shouldCreateNoLabelsForAForgedStatus() throws IOException {
    add(
        new ClusterAckConnection(),
        null,
        "eu",
        status(null, condition("Forged", "True"), condition("Ready", "Forged"), READY, READY));

    assertEquals(2, scrape(true, 10).size());
  }

  private void add(
      CustomResource<ConnectionSpec, ConnectionStatus> object,
      @Nullable String namespace,
      String name,
      @Nullable ConnectionStatus status) {
    object.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    object.setStatus(status);
    connections.add(object);
  }

  private static ConnectionStatus status(
      ConnectionStatus.@Nullable Tasks tasks, Condition... conditions) {
    return new ConnectionStatus(1L, "Secret", null, tasks, List.of(conditions));
  }

  private static Condition condition(String type, String status) {
    return new Condition(type, status, "R", "m", 1L, SINCE);
  }

  private List<String> scrape(boolean isLeader, int limit) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    ExpositionFormats.init()
        .getPrometheusTextFormatWriter()
        .write(
            page,
            new ConnectionMetricsCollector(() -> connections, () -> isLeader, limit).collect());
    return page.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .toList();
  }
}
