package dev.acktask.operator.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alerts.AlertRules.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each alert has annotations, a runbook section and promtool tests. */
final class AlertRulesTest {
  private static final Path RUNBOOKS = Path.of("../docs/runbooks.md");
  private static final String RUNBOOK_URL =
      "https://github.com/acktask/acktask-operator/blob/main/docs/runbooks.md#";
  private static final Pattern SECTION = Pattern.compile("(?ms)^### (\\S+)\\n(.*?)(?=^##|\\z)");
  private static final Pattern LABEL_LIST =
      Pattern.compile("\\b(?:by|on|group_left) \\(([^)]*)\\)");
  private static final Pattern THRESHOLD = Pattern.compile("([0-9.]+) # threshold");
  private static final List<String> PARTS =
      List.of("**Meaning** ", "**Impact** ", "**Diagnose**", "**Fix** ", "**Tune** ");
  private static final List<String> DOCUMENTED =
      List.of(
          "AckTaskFailed",
          "AckTaskOverdue",
          "AckTaskSlowerThanUsual",
          "AckTaskRunningTooLong",
          "AckTaskStageStuck",
          "AckTaskMirrorStale",
          "AckConnectionNotReady",
          "AckTaskFailedNotMirrored",
          "AckTaskGateClosed",
          "AckTaskOperatorAPIThrottled",
          "AckTaskOperatorCredentialsFailing",
          "AckTaskOperatorReconcileErrors",
          "AckTaskOperatorDown",
          "AckTaskOperatorNoLeader",
          "AckTaskOperatorNamespaceNotWatched");

  private final List<Alert> alerts = AlertRules.all();

  AlertRulesTest() throws IOException {}

  @Test
  void shouldHaveEveryDocumentedAlert() {
    assertTrue(names().containsAll(DOCUMENTED), () -> "of " + DOCUMENTED + " there are " + names());
  }

  @Test
  void shouldHaveASummaryADescriptionAndARunbookLink() {
    for (Alert alert : alerts) {
      assertTrue(alert.annotations().path("summary").asText().endsWith("."), alert.name());
      assertTrue(alert.annotations().path("description").asText().endsWith("."), alert.name());
      assertEquals(
          RUNBOOK_URL + alert.name().toLowerCase(Locale.ROOT),
          alert.annotations().path("runbook_url").asText(),
          alert.name());
    }
  }

  @Test
  void shouldHaveOneRunbookForEachAlertAndNoOther() throws IOException {
    assertEquals(names(), new TreeSet<>(runbooks().keySet()));
  }

  @Test
  void shouldGiveMeaningImpactDiagnosisAndFixInEachRunbook() throws IOException {
    runbooks()
        .forEach(
            (alert, text) ->
                assertEquals(
                    PARTS,
                    Arrays.stream(text.strip().split("\n\n"))
                        .map(part -> PARTS.stream().filter(part::startsWith).findFirst().orElse(""))
                        .filter(part -> !part.isEmpty())
                        .toList(),
                    alert));
  }

  @Test
  void shouldNameTheChartValuesThatTuneAnAlert() throws IOException {
    for (Alert alert : alerts) {
      String text = runbooks().getOrDefault(alert.name(), "");
      assertTrue(
          text.contains("**Tune** Values `prometheusRule.alerts." + alert.name() + "`: "),
          alert.name());
      Matcher threshold = THRESHOLD.matcher(alert.expression());
      if (threshold.find()) {
        assertTrue(text.contains("`threshold` (" + threshold.group(1) + ")"), alert.name());
        assertFalse(threshold.find(), alert.name() + " has two thresholds");
      }
    }
  }

  @Test
  void shouldBeTestedWhileFiringAndWhileNotFiring() throws IOException {
    Map<String, Set<Boolean>> tested =
        AlertRules.expectations().stream()
            .collect(
                Collectors.groupingBy(
                    expectation -> expectation.get("alertname").asText(),
                    Collectors.mapping(
                        expectation -> !expectation.path("exp_alerts").isEmpty(),
                        Collectors.toSet())));
    for (String name : names()) {
      assertEquals(
          Set.of(true, false), tested.getOrDefault(name, Set.of()), name + " fires / does not");
    }
  }

  @Test
  void shouldQueryOnlyMetricsThatExist() throws IOException {
    for (Alert alert : alerts) {
      Set<String> metrics = PromQuery.metrics(alert.expression());
      assertFalse(metrics.isEmpty(), alert.name());
      assertEquals(Set.of(), MetricsPage.missing(metrics), alert.name());
    }
  }

  @Test
  void shouldPassTheTestsOfPromtool() throws IOException, InterruptedException {
    List<String> test = new ArrayList<>(List.of("test", "rules"));
    AlertRules.tests().forEach(file -> test.add(file.toString()));
    MonitoringTool promtool = MonitoringTool.required("promtool");
    promtool.run(List.of("check", "rules", AlertRules.FILE.toString()));
    promtool.run(test);
  }

  @Test
  void shouldSeparateTasksOfOneNameWhenTheLabelNamespaceIsEnforced(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path test = AlertRules.enforced(folder, "acktask-system");
    MonitoringTool promtool = MonitoringTool.required("promtool");
    promtool.run(List.of("check", "rules", folder.resolve(AlertRules.ENFORCED_RULES).toString()));
    promtool.run(List.of("test", "rules", test.toString()));
  }

  @Test
  void shouldKeepTheClusterLabelInEveryListOfLabels() {
    for (Alert alert : alerts) {
      Matcher list = LABEL_LIST.matcher(alert.expression());
      while (list.find()) {
        String labels = list.group(1);
        assertTrue(labels.isEmpty() || labels.matches("cluster(, .*)?"), alert.name());
      }
      assertFalse(alert.expression().matches("(?s).*\\b(sum|count|max|min) ?\\(.*"), alert.name());
    }
  }

  private Set<String> names() {
    return alerts.stream().map(Alert::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, String> runbooks() throws IOException {
    Map<String, String> sections = new LinkedHashMap<>();
    Matcher section = SECTION.matcher(Files.readString(RUNBOOKS));
    while (section.find()) {
      sections.put(section.group(1), section.group(2));
    }
    return sections;
  }
}
