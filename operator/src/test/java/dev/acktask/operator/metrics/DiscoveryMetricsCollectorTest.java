package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.metrics.DiscoveryTasks.Series;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DiscoveryMetricsCollectorTest {
  private static final DiscoveryTasks FAILED =
      new DiscoveryTasks(
          new Series("shop/upgrades", "c-example", "cluster_upgrade", "failed"), 3, 1);

  @Test
  void shouldExportTheNumbersOfEachDiscovery() throws IOException {
    String labels =
        "{cluster_id=\"c-example\",discovery=\"shop/upgrades\",state=\"failed\","
            + "type=\"cluster_upgrade\"}";

    assertEquals(
        List.of(
            "acktask_discovery_tasks_without_acktask" + labels + " 1.0",
            "acktask_discovery_tasks" + labels + " 3.0"),
        scrape(List.of(FAILED), true, 10));
  }

  @Test
  void shouldExportNothingOnAStandbyReplica() throws IOException {
    assertEquals(List.of(), scrape(List.of(FAILED), false, 10));
  }

  @Test
  void shouldSumUpWhatIsBeyondTheLimit() throws IOException {
    DiscoveryTasks other =
        new DiscoveryTasks(new Series("pay/all", "c-two", "addon", "failed"), 5, 5);
    DiscoveryTasks third =
        new DiscoveryTasks(new Series("pay/all", "c-three", "addon", "failed"), 7, 0);

    List<String> lines = scrape(List.of(FAILED, other, third), true, 1);

    String labels =
        "{cluster_id=\"(other)\",discovery=\"(other)\",state=\"failed\",type=\"(other)\"}";
    assertEquals("acktask_discovery_tasks" + labels + " 12.0", lines.get(2));
    assertEquals(4, lines.size());
  }

  @Test
  void shouldSumUpOneClusterOfTwoConnections() throws IOException {
    assertEquals(2, scrape(List.of(FAILED, FAILED), true, 10).size());
  }

  private static List<String> scrape(List<DiscoveryTasks> tasks, boolean isLeader, int limit)
      throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    ExpositionFormats.init()
        .getPrometheusTextFormatWriter()
        .write(page, new DiscoveryMetricsCollector(() -> tasks, () -> isLeader, limit).collect());
    return page.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .toList();
  }
}
