package dev.acktask.operator.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The table in docs/configuration.md equals the list in the code, and names the values of the
 * chart.
 *
 * <p>{@code -Dacktask.docs.write=true} writes the table.
 */
final class ConfigurationPageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final Path CHART = Path.of("../helm/acktask-operator");
  private static final Pattern TABLE = Pattern.compile("(?m)^\\| variable \\|.*\n(?:\\|.*\n)+");
  private static final Pattern HUMP = Pattern.compile("([a-z])([A-Z])");

  /** Settings whose value is not below config; SettingsChartTest renders the chart with them. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "WATCH_NAMESPACES", "watchNamespaces",
          "WATCH_LABEL_SELECTOR", "watchLabelSelector",
          "DEFAULT_REGION", "region",
          "DEFAULT_NETWORK", "network",
          "CREDENTIALS_DIR", "credentials.existingSecret",
          "CA_BUNDLE", "caBundle",
          "METRICS_AUTHENTICATION", "metrics.authentication.enabled",
          "LEADER_ELECTION", "leaderElection.enabled",
          "LEASE_NAME", "fullnameOverride");

  /** Settings that the chart leaves at their defaults, because other objects name the ports. */
  private static final Set<String> WITHOUT_A_VALUE = Set.of("MANAGEMENT_PORT", "HEALTH_PORT");

  @Test
  void shouldListEverySetting() throws IOException {
    // given
    Map<String, String> values = values();
    StringBuilder table =
        new StringBuilder(
            "| variable | default | value of the chart | meaning |\n|---|---|---|---|\n");
    for (Setting setting : Setting.values()) {
      table.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  setting.variable(),
                  code(setting.defaultText()),
                  code(values.getOrDefault(setting.name(), "")),
                  setting.description()));
    }

    // when
    String page = Files.readString(PAGE);
    String expected = TABLE.matcher(page).replaceFirst(Matcher.quoteReplacement(table.toString()));
    if (Boolean.getBoolean("acktask.docs.write")) {
      Files.writeString(PAGE, expected);
      page = expected;
    }

    // then
    assertEquals(expected, page, "-Dacktask.docs.write=true writes the table");
    assertTrue(page.contains(table), "the page has no table");
  }

  @Test
  void shouldNameAValueThatTheChartHasForEachSetting() throws IOException {
    JsonNode chart = new YAMLMapper().readTree(CHART.resolve("values.yaml").toFile());
    Map<String, String> values = values();
    for (Setting setting : Setting.values()) {
      String value = values.getOrDefault(setting.name(), "");

      assertEquals(WITHOUT_A_VALUE.contains(setting.name()), value.isEmpty(), setting::name);
      assertTrue(
          value.isEmpty() || !chart.at("/" + value.replace('.', '/')).isMissingNode(), value);
    }
  }

  /** The value of the chart that sets each setting. */
  private static Map<String, String> values() throws IOException {
    Map<String, String> values = new TreeMap<>(ELSEWHERE);
    JsonNode chart = new YAMLMapper().readTree(CHART.resolve("values.yaml").toFile());
    chart
        .get("config")
        .fieldNames()
        .forEachRemaining(
            name ->
                values.put(
                    HUMP.matcher(name).replaceAll("$1_$2").toUpperCase(Locale.ROOT),
                    "config." + name));
    return values;
  }

  private static String code(String text) {
    return text.isEmpty() ? "–" : "`" + text + "`";
  }
}
