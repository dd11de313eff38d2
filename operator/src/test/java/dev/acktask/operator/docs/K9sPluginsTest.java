package dev.acktask.operator.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The keys for k9s: its format, kinds that exist, and no text of the cluster that a shell reads.
 */
final class K9sPluginsTest {
  private static final Path FILE = Pages.ROOT.resolve("k9s/plugins.yaml");
  private static final Set<String> REQUIRED =
      Set.of("shortCut", "description", "scopes", "command");
  private static final Set<String> ALLOWED =
      Set.of(
          "shortCut",
          "description",
          "scopes",
          "command",
          "args",
          "background",
          "confirm",
          "dangerous",
          "override");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([\\w-]+)");

  /** Names of Kubernetes, and the context of the user. Columns hold text of the cloud. */
  private static final Set<String> VARIABLES = Set.of("NAME", "NAMESPACE", "CONTEXT");

  private final List<JsonNode> plugins = new ArrayList<>();

  @BeforeEach
  void read() throws IOException {
    JsonNode file = new YAMLMapper().readTree(FILE.toFile());
    assertEquals(1, file.size());
    file.get("plugins").forEach(plugins::add);
    assertEquals(4, plugins.size());
  }

  @Test
  void shouldHaveTheFieldsOfTheFormat() {
    for (JsonNode plugin : plugins) {
      Set<String> names = new TreeSet<>();
      plugin.fieldNames().forEachRemaining(names::add);

      assertTrue(names.containsAll(REQUIRED), names::toString);
      assertTrue(ALLOWED.containsAll(names), names::toString);
      plugin.get("args").forEach(arg -> assertTrue(arg.isTextual(), arg::toString));
    }
  }

  @Test
  void shouldHaveAKeyEachThatTheReadmeNames() throws IOException {
    String readme = Files.readString(FILE.resolveSibling("README.md"));
    Set<String> keys = new HashSet<>();
    for (JsonNode plugin : plugins) {
      String key = plugin.get("shortCut").asText();

      assertTrue(keys.add(key), key);
      assertTrue(readme.contains("| " + key + " |"), key);
    }
  }

  @Test
  void shouldBeForKindsThatExist() {
    for (JsonNode plugin : plugins) {
      for (JsonNode scope : plugin.get("scopes")) {
        assertTrue(
            Files.exists(Pages.ROOT.resolve("crds/" + scope.asText() + ".acktask.dev.yaml")),
            scope::toString);
      }
    }
  }

  @Test
  void shouldUseOnlyVariablesThatNoStrangerWrites() {
    for (JsonNode plugin : plugins) {
      for (JsonNode arg : plugin.get("args")) {
        VARIABLE
            .matcher(arg.asText())
            .results()
            .forEach(found -> assertTrue(VARIABLES.contains(found.group(1)), arg::toString));
      }
    }
  }

  @Test
  void shouldPatchAFieldOfTheSpecAfterAQuestion() throws IOException {
    JsonNode crd =
        new YAMLMapper().readTree(Pages.ROOT.resolve("crds/acktasks.acktask.dev.yaml").toFile());
    JsonNode spec = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
    int patches = 0;
    for (JsonNode plugin : plugins) {
      for (JsonNode arg : plugin.get("args")) {
        if (arg.asText().startsWith("--patch=")) {
          JsonNode patch = new ObjectMapper().readTree(arg.asText().substring(8));
          patch.get("spec").fieldNames().forEachRemaining(it -> assertTrue(spec.has(it), it));
          assertTrue(plugin.path("confirm").asBoolean(), plugin::toString);
          patches++;
        }
      }
    }
    assertEquals(2, patches);
  }
}
