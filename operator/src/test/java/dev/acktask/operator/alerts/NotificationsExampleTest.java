package dev.acktask.operator.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of Alertmanager in examples/11-notifications, by amtool. */
final class NotificationsExampleTest {
  private static final Path FOLDER = Path.of("../examples/11-notifications");
  private static final Path CONFIG = FOLDER.resolve("alertmanager.yaml");
  private static final Path PAGE = Path.of("../docs/notifications.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (\\w+) \\| (.*) \\| `([\\w-]+)` \\|");
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)\n```");

  @Test
  void shouldBeAConfigurationThatAlertmanagerAccepts() throws Exception {
    amtool("check-config", CONFIG.toString());
  }

  @Test
  void shouldReachTheReceiverInTheReadme() throws Exception {
    List<MatchResult> rows =
        ROW.matcher(Files.readString(FOLDER.resolve("README.md"))).results().toList();

    assertTrue(rows.size() >= 5, rows::toString);
    for (MatchResult row : rows) {
      List<String> command =
          new ArrayList<>(List.of("config", "routes", "test", "--config.file=" + CONFIG));
      command.add("--verify.receivers=" + row.group(3));
      command.add("alertname=" + row.group(1));
      for (String label : row.group(2).split(", ", -1)) {
        command.add(label.replace(' ', '='));
      }
      amtool(command.toArray(String[]::new));
    }
  }

  /** Each alert that exists has a route, which is not the default route. */
  @Test
  void shouldRouteEachAlertOfTheRules() throws Exception {
    for (AlertRules.Alert rule : AlertRules.all()) {
      String output = amtool(route(rule.name(), rule.severity()));

      assertEquals(
          switch (rule.severity()) {
            case "critical" -> "on-call";
            case "info" -> "slack";
            default -> "dingtalk";
          },
          output.strip().lines().toList().getLast(),
          rule.name());
    }
  }

  @Test
  void shouldPrintTheTaskItsCauseAndTheRunbook(@TempDir Path folder) throws Exception {
    // given
    String data =
        """
        {"status": "firing", "commonLabels": {"alertname": "AckTaskFailed", "cluster": "prod",
         "acktask_namespace": "shop", "acktask": "upgrade-web"},
         "alerts": [{"status": "firing", "labels": {"type": "cluster_upgrade"},
           "annotations": {"summary": "An ACK task did not succeed.", "runbook_url": "https://a/#b"}}]}
        """;

    // when
    String text =
        amtool(
            "template",
            "render",
            "--template.glob=" + FOLDER.resolve("*.tmpl"),
            "--template.data=" + Files.writeString(folder.resolve("data.json"), data),
            "--template.text={{ template \"acktask.title\" . }} {{ template \"acktask.text\" . }}");

    // then
    assertTrue(text.startsWith("[FIRING] AckTaskFailed in prod: shop/upgrade-web An ACK"), text);
    assertTrue(text.contains("Type: cluster_upgrade\nRunbook: https://a/#b\n"), text);
  }

  @Test
  void shouldNeverHoldAFailureBack() throws IOException {
    Set<String> held = new TreeSet<>();
    for (JsonNode rule : new YAMLMapper().readTree(CONFIG.toFile()).get("inhibit_rules")) {
      rule.get("target_matchers").forEach(matcher -> held.add(matcher.asText()));
    }

    assertEquals(Set.of("alertname = AckTaskMirrorStale"), held);
  }

  /**
   * Each receiver on the page is one of the example, except for fields that the page leaves out.
   */
  @Test
  void shouldHaveTheReceiversOfThePage() throws IOException {
    // given
    Set<JsonNode> receivers = new HashSet<>();
    for (JsonNode receiver : new YAMLMapper().readTree(CONFIG.toFile()).get("receivers")) {
      receiver.elements().forEachRemaining(kind -> kind.forEach(receivers::add));
    }
    List<JsonNode> onPage = new ArrayList<>();
    for (MatchResult block : YAML.matcher(Files.readString(PAGE)).results().toList()) {
      new YAMLMapper()
          .readTree(block.group(1))
          .elements()
          .forEachRemaining(it -> it.forEach(onPage::add));
    }

    // then
    assertEquals(4, onPage.size());
    for (JsonNode block : onPage) {
      assertTrue(receivers.stream().anyMatch(it -> contains(it, block)), block::toPrettyString);
    }
  }

  private static boolean contains(JsonNode receiver, JsonNode block) {
    return block.properties().stream()
        .allMatch(
            field ->
                field.getKey().equals("message")
                    ? receiver.path("message").asText().startsWith(field.getValue().asText())
                    : field.getValue().equals(receiver.get(field.getKey())));
  }

  private static String[] route(String alert, String severity) {
    return new String[] {
      "config",
      "routes",
      "test",
      "--config.file=" + CONFIG,
      "alertname=" + alert,
      "severity=" + severity,
      "acktask_namespace=payments"
    };
  }

  private static String amtool(String... arguments) throws Exception {
    return MonitoringTool.required("amtool").run(Arrays.asList(arguments));
  }
}
