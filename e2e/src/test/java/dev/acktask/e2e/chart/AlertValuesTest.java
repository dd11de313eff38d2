package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleSpec;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each alert can be tuned by values, and Prometheus accepts the resulting rule file. */
class AlertValuesTest {
  private static final Chart CHART = Chart.ours();
  private static final String THRESHOLD = " # threshold";
  private static final Map<String, Rule> SHIPPED =
      byName(
          Serialization.unmarshal(
              CHART.read("files/rules/acktask.rules.yaml"), PrometheusRuleSpec.class));

  static Set<String> alerts() {
    return SHIPPED.keySet();
  }

  @Test
  void shouldHaveValuesForEachAlertAndNoOther() {
    Map<?, ?> values = Serialization.unmarshal(CHART.read("values.yaml"), Map.class);
    Map<?, ?> alerts = (Map<?, ?>) ((Map<?, ?>) values.get("prometheusRule")).get("alerts");

    assertEquals(SHIPPED.keySet(), new TreeSet<>(alerts.keySet()));
    for (Map.Entry<String, Rule> alert : SHIPPED.entrySet()) {
      assertEquals(
          hasThreshold(alert.getValue()),
          ((Map<?, ?>) alerts.get(alert.getKey())).containsKey("threshold"),
          alert.getKey());
    }
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void shouldChangeThisAlertAloneWhenItsValuesAreSet(String alert, @TempDir Path folder)
      throws Exception {
    // given: each key by itself
    Map<String, String> changes = new TreeMap<>();
    changes.put("for", "{for: 1d12h}");
    changes.put("severity", "{severity: page}");
    changes.put("labels", "{labels: {team: platform, summary: '{{ $value }}'}}");
    changes.put("runbookUrl", "{runbookUrl: 'https://wiki.example.com/a'}");
    if (hasThreshold(SHIPPED.get(alert))) {
      changes.put("threshold", "{threshold: 1234567.5}");
    }
    Rule before = SHIPPED.get(alert);

    for (Map.Entry<String, String> change : changes.entrySet()) {
      // when
      PrometheusRule rendered = render("alerts: {" + alert + ": " + change.getValue() + "}");
      write(folder.resolve(change.getKey() + ".yaml"), rendered);

      // then
      Map<String, Rule> rules = byName(rendered.getSpec());
      Rule after = rules.put(alert, before);
      assertEquals(SHIPPED, rules, "another alert than " + alert + " changed");
      assertTrue(after != null && !after.equals(before), change::getKey);
      assertEquals(
          expected(before, change.getKey()), after, () -> alert + " with " + change.getValue());
    }
    check(folder);
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void shouldLeaveTheAlertOutWhenItIsSwitchedOff(String alert) {
    Set<String> rest =
        byName(render("alerts: {" + alert + ": {enabled: false}}").getSpec()).keySet();

    TreeSet<String> expected = new TreeSet<>(SHIPPED.keySet());
    expected.remove(alert);
    assertEquals(expected, rest);
  }

  @Test
  void shouldBeValidWhenAlertsAreOffOrHaveEveryValue(@TempDir Path folder) throws Exception {
    write(folder.resolve("none.yaml"), render("alerts: {" + each("enabled: false") + "}"));
    PrometheusRule all =
        render(
            "externalLabels: [cluster, k8s_site], alerts: {"
                + each(
                    "for: 2h, severity: page, labels: {team: x}, runbookUrl: 'http://wiki.example'")
                + "}");
    write(folder.resolve("all.yaml"), all);

    for (Rule rule : byName(all.getSpec()).values()) {
      assertTrue(rule.getExpr().getStrVal().contains("(cluster, k8s_site"), rule::getAlert);
    }
    check(folder);
  }

  @Test
  void shouldUseTheClusterLabelAndRunbookPlaceWhenTheyAreSet(@TempDir Path folder)
      throws Exception {
    // when
    Rendered rendered =
        CHART.render(
            values("externalLabels: [site]")
                .replaceFirst(
                    "}$",
                    ", docsUrl: 'https://wiki.example.com/\\$1/acktask', grafanaDashboard:"
                        + " {enabled: true}}"));

    // then
    PrometheusRule rules = rendered.one(PrometheusRule.class);
    write(folder.resolve("site.yaml"), rules);
    check(folder);
    for (Rule rule : byName(rules.getSpec()).values()) {
      assertTrue(
          !rule.getExpr().getStrVal().matches("(?s).*\\b(by|on) \\(cluster\\b.*"), rule::getAlert);
      assertTrue(
          rule.getAnnotations()
              .get("runbook_url")
              .startsWith("https://wiki.example.com/$1/acktask/runbooks.md#ack"),
          rule::getAlert);
    }
    assertTrue(rendered.text().contains("\"https://wiki.example.com/$1/acktask/runbooks.md\""));
    assertTrue(!rendered.text().contains("https://github.com/"), "a link is not from docsUrl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alerts: {AckTaskFaild: {enabled: false}}       | AckTaskFaild",
        "alerts: {AckTaskFailed: {enable: false}}       | enable",
        "alerts: {AckTaskFailed: {enabled: 'no'}}       | enabled",
        "alerts: {AckTaskFailed: {for: 5}}              | for",
        "alerts: {AckTaskFailed: {for: 5m1h}}           | for",
        "alerts: {AckTaskFailed: {threshold: 1d}}       | threshold",
        "alerts: {AckTaskOverdue: {threshold: 5}}       | threshold",
        "alerts: {AckTaskFailed: {severity: ''}}        | severity",
        "alerts: {AckTaskFailed: {labels: {severity: x}}} | severity",
        "alerts: {AckTaskFailed: {labels: {a-b: x}}}    | a-b",
        "alerts: {AckTaskFailed: {labels: {a: 1}}}      | labels",
        "alerts: {AckTaskFailed: {runbookUrl: wiki}}    | runbookUrl",
        "externalLabels: []                             | externalLabels",
        "externalLabels: ['a b']                        | externalLabels",
      })
  void shouldBeRefusedByTheSchemaWhenAValueIsWrong(String value, String named) {
    IllegalStateException refused = assertThrows(IllegalStateException.class, () -> render(value));

    assertTrue(refused.getMessage().contains("schema"), refused::getMessage);
    assertTrue(refused.getMessage().contains(named), refused::getMessage);
  }

  /** The rule that a change is expected to produce. */
  private static Rule expected(Rule before, String key) {
    Rule rule = Serialization.clone(before);
    switch (key) {
      case "for" -> rule.setFor("1d12h");
      case "severity" -> rule.getLabels().put("severity", "page");
      case "labels" -> {
        rule.getLabels().put("team", "platform");
        rule.getLabels().put("summary", "{{ $value }}");
      }
      case "runbookUrl" -> rule.getAnnotations().put("runbook_url", "https://wiki.example.com/a");
      case "threshold" ->
          rule.setExpr(
              new IntOrString(
                  rule.getExpr()
                      .getStrVal()
                      .replaceFirst("[0-9.]+" + THRESHOLD, "1.2345675e+06" + THRESHOLD)));
      default -> throw new AssertionError(key);
    }
    return rule;
  }

  private static String each(String values) {
    return String.join(
        ", ", SHIPPED.keySet().stream().map(name -> name + ": {" + values + "}").toList());
  }

  private static PrometheusRule render(String prometheusRule) {
    return CHART.render(values(prometheusRule)).one(PrometheusRule.class);
  }

  private static String values(String prometheusRule) {
    return Chart.LEAST.replaceFirst("}$", "")
        + ", prometheusRule: {enabled: true, "
        + prometheusRule
        + "}}";
  }

  private static boolean hasThreshold(Rule rule) {
    return rule.getExpr().getStrVal().contains(THRESHOLD);
  }

  private static Map<String, Rule> byName(PrometheusRuleSpec spec) {
    Map<String, Rule> rules = new TreeMap<>();
    spec.getGroups().stream()
        .flatMap(group -> group.getRules().stream())
        .forEach(rule -> rules.put(rule.getAlert(), rule));
    return rules;
  }

  private static void write(Path file, PrometheusRule rules) throws IOException {
    Files.writeString(file, Serialization.asYaml(rules.getSpec()));
  }

  /** All rule files of the folder, by promtool where there is one, in CI always. */
  private static void check(Path folder) throws IOException, InterruptedException {
    boolean isInstalled =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "promtool")));
    if (!isInstalled && Settings.required()) {
      Assertions.fail("ACKTASK_E2E_REQUIRED is set, but there is no promtool on the PATH");
    }
    Assumptions.assumeTrue(isInstalled, "there is no promtool on the PATH");
    List<String> command = new ArrayList<>(List.of("promtool", "check", "rules"));
    try (Stream<Path> files = Files.list(folder)) {
      files.map(Path::toString).sorted().forEach(command::add);
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }
}
