package dev.acktask.e2e.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.e2e.alerts.PrometheusServer.Sample;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query of the shipped dashboard, sent as Grafana sends it.
 *
 * @param name title of the panel with the letter of the query, or name of the annotation
 * @param expression with variables
 * @param isInstant false for a query over the time range
 */
record GrafanaQuery(String name, String expression, boolean isInstant) {
  private static final Path FILE =
      Settings.repository().resolve("helm/acktask-operator/files/dashboards/acktask.json");

  private static final Duration TIME_RANGE = Duration.ofMinutes(5);

  /** What Grafana itself sets. */
  private static final Map<String, String> BUILT_IN =
      Map.of("__rate_interval", "30s", "__range", TIME_RANGE.toSeconds() + "s");

  private static final Pattern VARIABLE = Pattern.compile("\\$([a-z_]+)");

  /** All queries of panels and annotations. */
  static List<GrafanaQuery> all() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(FILE.toFile());
    List<GrafanaQuery> all = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        all.add(
            new GrafanaQuery(
                panel.get("title").asText() + "/" + target.get("refId").asText(),
                target.get("expr").asText(),
                target.path("instant").asBoolean()));
      }
    }
    for (JsonNode annotation : dashboard.at("/annotations/list")) {
      if (annotation.has("expr")) {
        all.add(
            new GrafanaQuery(
                annotation.get("name").asText(), annotation.get("expr").asText(), false));
      }
    }
    return all;
  }

  static GrafanaQuery named(String name) throws IOException {
    return all().stream().filter(query -> query.name().equals(name)).findFirst().orElseThrow();
  }

  /** What a panel gets when nothing is selected. */
  List<Sample> ask(PrometheusServer prometheus) throws IOException, InterruptedException {
    return ask(prometheus, Map.of());
  }

  /**
   * What a panel gets.
   *
   * @param selected values of variables; all others select everything
   */
  List<Sample> ask(PrometheusServer prometheus, Map<String, String> selected)
      throws IOException, InterruptedException {
    Matcher variable = VARIABLE.matcher(expression);
    String query =
        variable.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    BUILT_IN.getOrDefault(
                        found.group(1), selected.getOrDefault(found.group(1), ".*"))));
    return isInstant ? prometheus.query(query) : prometheus.range(query, TIME_RANGE);
  }
}
