package dev.acktask.operator.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard works in any Grafana and queries only metrics of the operator. */
final class DashboardTest {
  private static final Path FILE =
      Path.of("../helm/acktask-operator/files/dashboards/acktask.json");
  private static final String DATASOURCE = "${datasource}";
  private static final int WIDTH = 24;
  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), \\w+\\)");

  private static final Pattern SELECTOR =
      Pattern.compile("\\b(?:acktask|reconciliations)_[a-z_]+(?![a-z_(])(.*)");
  private static final Pattern LABEL_LIST = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");
  private static final Pattern PLAIN_AGGREGATION = Pattern.compile("\\b(sum|max|min|count) ?\\(");

  private final JsonNode dashboard = new ObjectMapper().readTree(FILE.toFile());

  DashboardTest() throws IOException {}

  @Test
  void shouldHaveAFixedUidAndNoIdOfAGrafana() {
    assertEquals("acktask-operator", dashboard.path("uid").asText());
    assertFalse(dashboard.has("id"));
    assertTrue(dashboard.path("schemaVersion").asInt() >= 39);
    assertEquals(
        List.of("datasource", "cluster", "namespace"),
        AlertRules.each(dashboard.at("/templating/list"))
            .map(v -> v.get("name").asText())
            .toList());
  }

  @Test
  void shouldUseTheDataSourceVariableInEveryPanel() {
    panels()
        .forEach(
            panel -> {
              assertEquals(DATASOURCE, panel.at("/datasource/uid").asText(), title(panel));
              targets(panel)
                  .forEach(
                      target ->
                          assertEquals(
                              DATASOURCE, target.at("/datasource/uid").asText(), title(panel)));
            });
    for (int variable = 1; variable <= 2; variable++) {
      assertEquals(
          DATASOURCE, dashboard.at("/templating/list/" + variable + "/datasource/uid").asText());
    }
  }

  @Test
  void shouldQueryOnlyMetricsThatExist() throws IOException {
    for (JsonNode panel : panels().toList()) {
      List<JsonNode> targets = targets(panel).toList();
      assertFalse(targets.isEmpty(), title(panel));
      for (JsonNode target : targets) {
        Set<String> metrics = PromQuery.metrics(target.get("expr").asText());
        assertFalse(metrics.isEmpty(), title(panel));
        assertEquals(Set.of(), MetricsPage.missing(metrics), title(panel));
      }
    }
    for (int variable = 1; variable <= 2; variable++) {
      Matcher values =
          LABEL_VALUES.matcher(
              dashboard.at("/templating/list/" + variable + "/query/query").asText());
      assertTrue(values.matches());
      assertEquals(Set.of(), MetricsPage.missing(PromQuery.metrics(values.group(1))));
    }
  }

  /** Without the label, a panel would mix the series of several clusters in one Prometheus. */
  @Test
  void shouldSelectTheClusterInEveryQuery() {
    panels()
        .flatMap(DashboardTest::targets)
        .map(target -> target.get("expr").asText())
        .forEach(
            query -> {
              Matcher selector = SELECTOR.matcher(query);
              while (selector.find()) {
                assertTrue(selector.group(1).startsWith("{cluster=~\"$cluster\""), query);
              }
              Matcher list = LABEL_LIST.matcher(query);
              while (list.find()) {
                assertTrue(list.group(1).matches("cluster(, .*)?"), query);
              }
              assertFalse(PLAIN_AGGREGATION.matcher(query).find(), query);
            });
  }

  @Test
  void shouldNotOverlapPanels() {
    Set<List<Integer>> taken = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertTrue(ids.add(panel.get("id").asInt()), title(panel));
      JsonNode at = panel.get("gridPos");
      int right = at.get("x").asInt() + at.get("w").asInt();
      assertTrue(right <= WIDTH, title(panel));
      for (int x = at.get("x").asInt(); x < right; x++) {
        for (int y = at.get("y").asInt(); y < at.get("y").asInt() + at.get("h").asInt(); y++) {
          assertTrue(taken.add(List.of(x, y)), title(panel));
        }
      }
    }
  }

  private Stream<JsonNode> panels() {
    return AlertRules.each(dashboard.get("panels"))
        .filter(panel -> !panel.get("type").asText().equals("row"));
  }

  private static Stream<JsonNode> targets(JsonNode panel) {
    return AlertRules.each(panel.path("targets"));
  }

  private static String title(JsonNode panel) {
    return panel.path("title").asText();
  }
}
