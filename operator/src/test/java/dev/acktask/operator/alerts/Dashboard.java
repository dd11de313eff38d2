package dev.acktask.operator.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The dashboard for Grafana, as it ships. */
public final class Dashboard {
  private static final Path FILE =
      Path.of("../helm/acktask-operator/files/dashboards/acktask.json");

  private final JsonNode json;

  private Dashboard(JsonNode json) {
    this.json = json;
  }

  /**
   * One query.
   *
   * @param place title of the panel or annotation
   * @param expression PromQL with variables of Grafana
   * @param isInstant false for a query over the time range
   */
  public record Query(String place, String expression, boolean isInstant) {}

  public static Dashboard read() throws IOException {
    return new Dashboard(new ObjectMapper().readTree(FILE.toFile()));
  }

  /** The file. */
  JsonNode json() {
    return json;
  }

  /** Panels and rows, in their order. */
  Stream<JsonNode> panelsAndRows() {
    return AlertRules.each(json.get("panels"));
  }

  /** All but the rows. */
  Stream<JsonNode> panels() {
    return panelsAndRows().filter(panel -> !isRow(panel));
  }

  /** Titles of the panels by the title of their row. */
  public Map<String, List<String>> titles() {
    Map<String, List<String>> titles = new LinkedHashMap<>();
    List<String> ofRow = new ArrayList<>();
    for (JsonNode panel : panelsAndRows().toList()) {
      if (isRow(panel)) {
        ofRow = titles.computeIfAbsent(title(panel), none -> new ArrayList<>());
      } else {
        ofRow.add(title(panel));
      }
    }
    return titles;
  }

  /** All links to the documentation and to other pages of Grafana. */
  public List<String> links() {
    return json.findValuesAsText("url");
  }

  /** What the panels ask. */
  List<Query> panelQueries() {
    return panels()
        .flatMap(
            panel ->
                AlertRules.each(panel.path("targets"))
                    .map(
                        target ->
                            new Query(
                                title(panel),
                                target.get("expr").asText(),
                                target.path("instant").asBoolean())))
        .toList();
  }

  /** What the annotations ask. */
  List<Query> annotationQueries() {
    return annotations()
        .map(it -> new Query(it.get("name").asText(), it.get("expr").asText(), false))
        .toList();
  }

  /** Annotations from metrics. */
  Stream<JsonNode> annotations() {
    return AlertRules.each(json.at("/annotations/list")).filter(it -> it.has("expr"));
  }

  /** Variables with values from metrics. */
  Stream<JsonNode> queriedVariables() {
    return variables().filter(it -> it.get("type").asText().equals("query"));
  }

  Stream<JsonNode> variables() {
    return AlertRules.each(json.at("/templating/list"));
  }

  static String title(JsonNode panel) {
    return panel.path("title").asText();
  }

  private static boolean isRow(JsonNode panel) {
    return panel.get("type").asText().equals("row");
  }
}
