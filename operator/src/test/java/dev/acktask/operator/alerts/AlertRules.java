package dev.acktask.operator.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rule file for Prometheus, and its promtool tests. */
final class AlertRules {
  static final Path FILE = Path.of("../helm/acktask-operator/files/rules/acktask.rules.yaml");
  private static final Path TESTS = FILE.resolveSibling("tests");

  /** The test of the rules rewritten by {@link EnforcedNamespace}; it names their file. */
  static final Path ENFORCED_TEST = TESTS.resolve("enforced/namespace.test.yaml");

  static final String ENFORCED_RULES = "enforced.rules.yaml";

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private AlertRules() {}

  /** One alert of the rule file. */
  record Alert(String name, String expression, String severity, JsonNode annotations) {}

  static List<Alert> all() throws IOException {
    return each(yaml(FILE).get("groups"))
        .flatMap(group -> each(group.get("rules")))
        .map(
            rule ->
                new Alert(
                    rule.get("alert").asText(),
                    rule.get("expr").asText(),
                    rule.at("/labels/severity").asText(),
                    rule.path("annotations")))
        .toList();
  }

  /** The files that promtool runs. */
  static List<Path> tests() throws IOException {
    try (Stream<Path> files = Files.list(TESTS)) {
      return files.filter(file -> file.toString().endsWith(".test.yaml")).sorted().toList();
    }
  }

  /** Writes the rules with {@code namespace} enforced, and their test, into {@code folder}. */
  static Path enforced(Path folder, String namespace) throws IOException {
    YAML.writeValue(
        folder.resolve(ENFORCED_RULES).toFile(), EnforcedNamespace.on(yaml(FILE), namespace));
    return Files.copy(ENFORCED_TEST, folder.resolve(ENFORCED_TEST.getFileName()));
  }

  /** Expectations of all tests: name of the alert, time, and the alerts expected at that time. */
  static List<JsonNode> expectations() throws IOException {
    return tests().stream()
        .flatMap(file -> each(yaml(file).get("tests")))
        .flatMap(test -> each(test.path("alert_rule_test")))
        .toList();
  }

  static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
