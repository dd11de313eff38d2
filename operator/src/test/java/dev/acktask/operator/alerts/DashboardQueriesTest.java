package dev.acktask.operator.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.operator.alerts.Dashboard.Query;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the dashboard asks: only metrics that exist, all of them, under the filters of the
 * variables, and never for more series than a browser draws. DashboardIT sends the queries to a
 * Prometheus.
 */
final class DashboardQueriesTest {
  /** Of the kubelet; the panel says so. */
  private static final Set<String> FOREIGN = Set.of("container_memory_working_set_bytes");

  /** The variable that filters a label, and how. */
  private static final Map<String, List<String>> FILTERS =
      Map.of(
          "namespace",
          List.of("namespace=~\"$namespace\"", "namespace=~\"$namespace|[*]\""),
          "acktask",
          List.of("acktask=~\"$task\""),
          "connection",
          List.of("connection=~\"$connection\""),
          "cluster_id",
          List.of("cluster_id=~\"$ack_cluster\""),
          "type",
          List.of("type=~\"$type\""),
          "discovery",
          List.of("discovery=~\"($namespace)/.*|[(]other[)]\""));

  /** Labels with a value for each object, or for each type of the cloud. */
  private static final Pattern OF_OBJECTS =
      Pattern.compile("\\{\\{(acktask|acktaskgate|connection|discovery|cluster_id|type)}}");

  private static final Pattern SELECTOR =
      Pattern.compile("\\b((?:acktask|reconciliations|container)_[a-z_]+)\\{([^}]*)}");
  private static final Pattern LABEL_LIST = Pattern.compile("\\b(?:by|on) \\(([^)]*)\\)");
  private static final Pattern PLAIN_AGGREGATION =
      Pattern.compile("\\b(sum|max|min|count|avg|quantile) ?\\(");
  private static final Pattern LIMITED = Pattern.compile("\\b(?:top|bottom)k\\([0-9]+, ");
  private static final Pattern VARIABLE =
      Pattern.compile("(?:label_values|query_result)\\((.+?)(?:, [a-z_]+)?\\)");

  private final Dashboard dashboard = Dashboard.read();

  DashboardQueriesTest() throws IOException {}

  @Test
  void shouldQueryOnlyMetricsThatExist() throws IOException {
    for (Query query : all()) {
      Set<String> metrics = PromQuery.metrics(query.expression());
      assertFalse(metrics.isEmpty(), query.place());
      metrics.removeAll(FOREIGN);
      assertEquals(Set.of(), MetricsPage.missing(metrics), query.place());
    }
  }

  /** Except the maxima of histograms, which the quantiles show. */
  @Test
  void shouldUseEveryMetricOfTheOperator() throws IOException {
    Set<String> unused = MetricsPage.names();
    unused.removeIf(name -> !name.startsWith("acktask_") || name.endsWith("_max"));
    assertTrue(unused.size() > 25, unused::toString);

    for (Query query : all()) {
      for (String metric : PromQuery.metrics(query.expression())) {
        unused.remove(metric);
        unused.remove(metric.replaceFirst("_bucket$", ""));
      }
    }

    assertEquals(Set.of(), unused);
  }

  /** Without the label, a panel would mix the series of several clusters in one Prometheus. */
  @Test
  void shouldSelectTheClusterInEveryQuery() {
    for (Query query : all()) {
      assertEquals(
          PromQuery.metrics(query.expression()),
          selectors(query)
              .map(selector -> selector.group(1))
              .collect(Collectors.toCollection(TreeSet::new)),
          query.place());
      selectors(query)
          .forEach(
              selector ->
                  assertTrue(
                      selector.group(2).startsWith("cluster=~\"$cluster\"")
                          || query.place().equals("cluster"),
                      selector.group()));
      Matcher list = LABEL_LIST.matcher(query.expression());
      while (list.find()) {
        assertTrue(list.group(1).matches("cluster(, .*)?"), query.expression());
      }
      assertFalse(PLAIN_AGGREGATION.matcher(query.expression()).find(), query.expression());
    }
  }

  @Test
  void shouldFilterByEachVariableWhoseLabelAMetricHas() throws IOException {
    Map<String, Set<String>> labels = MetricsPage.labels();
    for (Query query : panelsAndAnnotations()) {
      selectors(query)
          .forEach(
              selector -> {
                Set<String> has = labels.getOrDefault(selector.group(1), Set.of());
                FILTERS.forEach(
                    (label, filters) ->
                        assertTrue(
                            !has.contains(label)
                                || filters.stream().anyMatch(selector.group(2)::contains),
                            () -> query.place() + ": " + label + " of " + selector.group()));
              });
    }
  }

  /** Only acktask_info has type, cluster and connection of a task. */
  @Test
  void shouldFilterTasksByWhatTheyMirror() throws IOException {
    Map<String, Set<String>> labels = MetricsPage.labels();
    for (Query query : panelsAndAnnotations()) {
      boolean isOfTasks =
          PromQuery.metrics(query.expression()).stream()
              .anyMatch(metric -> labels.getOrDefault(metric, Set.of()).contains("acktask"));
      assertTrue(!isOfTasks || query.expression().contains("acktask_info{"), query.place());
    }
  }

  /** One object more is one line or one row more: the number of them is limited. */
  @Test
  void shouldLimitTheObjectsOfEachPanel() {
    for (JsonNode panel : dashboard.panels().toList()) {
      for (JsonNode target : panel.get("targets")) {
        String expression = target.get("expr").asText();
        boolean isTable = panel.get("type").asText().equals("table");
        boolean isOfObjects =
            isTable
                ? !expression.contains("acktask_operator_build_info")
                : OF_OBJECTS.matcher(target.path("legendFormat").asText()).find();
        assertTrue(
            !isOfObjects || LIMITED.matcher(expression).find(),
            () -> Dashboard.title(panel) + ": " + expression);
      }
    }
    dashboard
        .annotationQueries()
        .forEach(it -> assertTrue(LIMITED.matcher(it.expression()).find(), it.place()));
  }

  /** The first ten at each moment of a week are hundreds; the first ten at its end are ten. */
  @Test
  void shouldChooseTheObjectsOnceForTheWholeTimeRange() {
    Stream.concat(
            dashboard.panelQueries().stream().filter(query -> !query.isInstant()),
            dashboard.annotationQueries().stream())
        .forEach(
            query -> {
              Matcher limited = LIMITED.matcher(query.expression());
              while (limited.find()) {
                assertTrue(
                    query.expression().substring(limited.start()).contains("@ end()"),
                    query.expression());
              }
            });
  }

  @Test
  void shouldDrawAtMostThreeHundredPointsOfASeries() {
    dashboard
        .panels()
        .filter(panel -> panel.get("type").asText().matches("timeseries|state-timeline"))
        .forEach(
            panel ->
                assertEquals(300, panel.path("maxDataPoints").asInt(), Dashboard.title(panel)));
  }

  private List<Query> panelsAndAnnotations() {
    return Stream.concat(dashboard.panelQueries().stream(), dashboard.annotationQueries().stream())
        .toList();
  }

  private List<Query> all() {
    return Stream.concat(
            panelsAndAnnotations().stream(),
            dashboard.queriedVariables().map(DashboardQueriesTest::query))
        .toList();
  }

  private static Query query(JsonNode variable) {
    Matcher values = VARIABLE.matcher(variable.at("/query/query").asText());
    assertTrue(values.matches(), variable::toString);
    String inner = values.group(1);
    String expression = inner.contains("{") ? inner : inner + "{}";
    return new Query(variable.get("name").asText(), expression, true);
  }

  private static Stream<MatchResult> selectors(Query query) {
    return SELECTOR.matcher(query.expression()).results();
  }
}
