package dev.acktask.operator.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The dashboard works in any Grafana, and each panel explains itself. */
final class DashboardTest {
  private static final String DATASOURCE = "${datasource}";
  private static final int WIDTH = 24;

  /** A ConfigMap may have 1 MiB, and kubectl apply notes an object of at most 256 KiB. */
  private static final int MAX_BYTES = 200_000;

  private final Dashboard dashboard = Dashboard.read();

  DashboardTest() throws IOException {}

  @Test
  void shouldHaveAFixedUidAndNoIdOfAGrafana() {
    JsonNode json = dashboard.json();
    assertEquals("acktask-operator", json.path("uid").asText());
    assertFalse(json.has("id"));
    assertTrue(json.path("schemaVersion").asInt() >= 39);
  }

  @Test
  void shouldFitIntoAConfigMap() throws IOException {
    assertTrue(
        Files.size(Path.of("../helm/acktask-operator/files/dashboards/acktask.json")) < MAX_BYTES);
  }

  @Test
  void shouldHaveTheVariablesOfTasksAndTraces() {
    assertEquals(
        List.of(
            "datasource",
            "cluster",
            "namespace",
            "connection",
            "ack_cluster",
            "type",
            "task",
            "tempo",
            "jaeger",
            "service"),
        dashboard.variables().map(variable -> variable.get("name").asText()).toList());
  }

  @Test
  void shouldSelectEverythingAtFirst() {
    dashboard
        .queriedVariables()
        .forEach(
            variable -> {
              String name = variable.get("name").asText();
              assertEquals("$__all", variable.at("/current/value/0").asText(), name);
              // also selects tasks without a type or a connection
              assertEquals(".*", variable.get("allValue").asText(), name);
            });
  }

  @Test
  void shouldUseTheDataSourceVariableEverywhere() {
    dashboard.panels().forEach(DashboardTest::assertDataSource);
    dashboard
        .panels()
        .forEach(panel -> panel.get("targets").forEach(DashboardTest::assertDataSource));
    dashboard.annotations().forEach(DashboardTest::assertDataSource);
    dashboard.queriedVariables().forEach(DashboardTest::assertDataSource);
  }

  @Test
  void shouldExplainEachPanel() {
    Set<String> titles = new HashSet<>();
    dashboard
        .panels()
        .forEach(
            panel -> {
              String title = Dashboard.title(panel);
              assertTrue(titles.add(title) && !title.isBlank(), title);
              assertTrue(panel.path("description").asText().endsWith("."), title);
              assertFalse(panel.at("/fieldConfig/defaults/unit").asText().isEmpty(), title);
            });
  }

  @Test
  void shouldNotOverlapPanels() {
    Set<List<Integer>> taken = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    dashboard
        .panelsAndRows()
        .forEach(
            panel -> {
              assertTrue(ids.add(panel.get("id").asInt()), Dashboard.title(panel));
              cells(panel.get("gridPos"))
                  .forEach(cell -> assertTrue(taken.add(cell), Dashboard.title(panel)));
            });
  }

  /** The value is the time of the mark, in milliseconds. */
  @Test
  void shouldMarkStartAndEndOfTasks() {
    assertEquals(
        List.of("Task starts", "Task succeeds", "Task ends without success"),
        dashboard.annotations().map(it -> it.get("name").asText()).toList());
    dashboard
        .annotations()
        .forEach(
            annotation -> {
              assertTrue(annotation.get("useValueForTime").asBoolean());
              assertTrue(annotation.get("expr").asText().startsWith("1000 * "));
            });
  }

  private static void assertDataSource(JsonNode user) {
    assertEquals(DATASOURCE, user.at("/datasource/uid").asText(), user::toString);
  }

  private static Set<List<Integer>> cells(JsonNode at) {
    Set<List<Integer>> cells = new HashSet<>();
    int right = at.get("x").asInt() + at.get("w").asInt();
    assertTrue(right <= WIDTH, at::toString);
    for (int x = at.get("x").asInt(); x < right; x++) {
      for (int y = at.get("y").asInt(); y < at.get("y").asInt() + at.get("h").asInt(); y++) {
        cells.add(List.of(x, y));
      }
    }
    return cells;
  }
}
