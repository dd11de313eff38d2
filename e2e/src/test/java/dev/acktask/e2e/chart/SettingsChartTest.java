package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The settings of the operator in the chart. */
class SettingsChartTest {
  private static final Chart CHART = Chart.ours();

  /** Each setting has a value with the operator's default, except those that the chart sets. */
  @Test
  void shouldSetEverySettingToTheDefaultOfTheOperator() throws IOException {
    // given
    Map<String, String> documented = new TreeMap<>();
    Matcher row =
        Pattern.compile("(?m)^\\| `(ACKTASK_[A-Z_]+)` \\| (?:`([^`]*)`|–) \\|")
            .matcher(Files.readString(Settings.repository().resolve("docs/configuration.md")));
    while (row.find()) {
      documented.put(row.group(1), row.group(2) == null ? "" : row.group(2));
    }
    documented.remove("ACKTASK_MANAGEMENT_PORT");
    documented.put("ACKTASK_CREDENTIALS_DIR", "/etc/acktask/credentials");
    documented.remove("ACKTASK_HEALTH_PORT");
    documented.put("ACKTASK_DEFAULT_REGION", "cn-hangzhou");
    documented.put("ACKTASK_LEADER_ELECTION", "true");

    // when
    Map<String, String> byDefault = new TreeMap<>();
    CHART
        .render(Chart.LEAST)
        .environment()
        .forEach(
            (name, variable) -> {
              if (name.startsWith("ACKTASK_")) {
                byDefault.put(name, variable.getValue());
              }
            });
    Map<String, EnvVar> filled =
        CHART
            .render(
                Chart.leastWith(
                    "watchNamespaces: [a], watchLabelSelector: '!a', config: {redactKeys: [otp], stageTimeZone: UTC},"
                        + " caBundle: {secret: {name: a}}"))
            .environment();

    // then
    for (String name : documented.keySet()) {
      assertTrue(filled.containsKey(name), name + " has no value in the chart");
    }
    documented.values().removeIf(String::isEmpty);
    assertEquals(documented, byDefault);
  }

  @Test
  void shouldPassTheLabelSelectorOnlyIfThereIsOne() {
    String selector = "acktask.dev/shard notin (a,b),!example.com/hidden";
    Map<String, EnvVar> environment =
        CHART.render(Chart.leastWith("watchLabelSelector: '" + selector + "'")).environment();

    assertEquals(selector, environment.get("ACKTASK_WATCH_LABEL_SELECTOR").getValue());
    assertFalse(
        CHART.render(Chart.LEAST).environment().containsKey("ACKTASK_WATCH_LABEL_SELECTOR"));
  }

  /** Shards in one namespace; the right to a Lease is a right to that name. */
  @Test
  void shouldGiveEachReleaseInANamespaceItsLease() {
    // given
    Map<String, String> leases = new TreeMap<>();

    // when
    for (String release : List.of("acktask-operator", "acktask-operator-a")) {
      Rendered rendered = CHART.render(release, "acktask-system", Chart.LEAST);
      leases.put(release, rendered.environment().get("ACKTASK_LEASE_NAME").getValue());
      assertTrue(
          rendered.all(Role.class).stream()
              .flatMap(role -> role.getRules().stream())
              .anyMatch(rule -> rule.getResourceNames().contains(leases.get(release))),
          release);
    }

    // then
    assertEquals(2, Set.copyOf(leases.values()).size(), leases::toString);
  }

  @Test
  void shouldWriteLargeNumbersInFull() {
    Map<String, EnvVar> environment =
        CHART.render(Chart.leastWith("config: {maxResponseBytes: 67108864}")).environment();

    assertEquals("67108864", environment.get("ACKTASK_MAX_RESPONSE_BYTES").getValue());
  }

  @Test
  void shouldJoinListsWithCommas() {
    Map<String, EnvVar> environment =
        CHART
            .render(Chart.leastWith("watchNamespaces: [a, b], config: {redactKeys: [otp, pin]}"))
            .environment();

    assertEquals("a,b", environment.get("ACKTASK_WATCH_NAMESPACES").getValue());
    assertEquals("otp,pin", environment.get("ACKTASK_REDACT_KEYS").getValue());
  }
}
