package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Files generated from the chart are up to date; {@code -Dacktask.docs.write=true} rewrites them.
 */
class GeneratedTest {
  private static final Chart CHART = Chart.ours();
  private static final Path README = CHART.folder().resolve("README.md");
  private static final Path INSTALL = Settings.repository().resolve("deploy/install.yaml");
  private static final String MARKER =
      "<!-- From here on generated from values.yaml; a test holds it equal and can regenerate it."
          + " -->\n";
  private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z_]+):( .*)?$");

  @Test
  void shouldListEveryValueInTheReadme() throws IOException {
    StringBuilder table = new StringBuilder("\n| value | default | meaning |\n|---|---|---|\n");
    descriptions().forEach((path, row) -> table.append("| `%s` | %s |\n".formatted(path, row)));
    String page = Files.readString(README);
    int end = page.indexOf(MARKER);
    assertTrue(end >= 0, () -> README + " has lost the line " + MARKER);
    assertGenerated(README, page.substring(0, end) + MARKER + table);
  }

  @Test
  void shouldKnowTheSameValuesInTheSchema() throws IOException {
    Map<?, ?> schema = Serialization.unmarshal(CHART.read("values.schema.json"), Map.class);
    TreeSet<String> known = new TreeSet<>(leaves("", schema));
    // Values of a parent chart, which this one does not read.
    known.removeAll(List.of("global", "enabled", "tags"));
    TreeSet<String> described = new TreeSet<>(descriptions().keySet());
    // One description may cover several values that belong together.
    described.removeIf(path -> known.stream().noneMatch(path::equals));

    assertEquals(known, described);
  }

  @Test
  void shouldRenderTheSameObjectsInTheFileForUseWithoutHelm() throws IOException {
    String rendered =
        CHART
            .render(
                "{region: placeholder, credentials: {existingSecret: acktask-credentials},"
                    + " image: {repository: registry.example.com/image, tag: tag},"
                    + " crds: {keep: false}}")
            .text()
            .replace("value: placeholder\n", "value: \"REGION\"\n")
            .replace("\"registry.example.com/image:tag\"", "\"IMAGE\"")
            .replaceAll("(?m)^ *app.kubernetes.io/managed-by: Helm\n", "")
            .replaceAll("(?m)^# Source: .*\n", "")
            .replaceAll("(?m)[ \t]+$", "")
            .replaceAll("\n{2,}", "\n")
            .strip();
    assertFalse(rendered.contains("placeholder"), "the region is also named elsewhere");
    assertGenerated(
        INSTALL,
        """
        # Generated from helm/acktask-operator, for clusters without Helm; a test holds it equal.
        #
        #   kubectl create namespace acktask-system
        #   kubectl create secret generic acktask-credentials -n acktask-system \\
        #     --from-literal=accessKeyId=… --from-literal=accessKeySecret=…
        #   sed -e 's/"REGION"/"cn-hangzhou"/' -e 's|"IMAGE"|"registry.example.com/acktask/acktask-operator:VERSION"|' \\
        #     deploy/install.yaml | kubectl apply -f -
        #
        # IMAGE is the image in a registry that the nodes can reach (docs/install.md). The file of a release already names its
        # image. The kubelet rejects the placeholder: InvalidImageName.
        apiVersion: v1
        kind: Namespace
        metadata:
          name: acktask-system
          labels:
            pod-security.kubernetes.io/enforce: restricted
        """
            + rendered
            + "\n");
  }

  private static void assertGenerated(Path file, String expected) throws IOException {
    if (Boolean.getBoolean("acktask.docs.write")) {
      Files.writeString(file, expected);
    }
    assertEquals(
        expected,
        Files.exists(file) ? Files.readString(file) : "",
        file.getFileName() + " is not what the chart says; -Dacktask.docs.write=true writes it");
  }

  /** Each value with its default and its description, as cells of a table. */
  private static Map<String, String> descriptions() {
    Map<String, String> rows = new LinkedHashMap<>();
    Deque<String> parents = new ArrayDeque<>();
    String description = "";
    Map<?, ?> values = Serialization.unmarshal(CHART.read("values.yaml"), Map.class);
    for (String line : CHART.read("values.yaml").lines().toList()) {
      if (line.strip().startsWith("# -- ")) {
        description = line.strip().substring("# -- ".length());
      }
      Matcher key = KEY.matcher(line);
      if (key.matches()) {
        while (parents.size() > key.group(1).length() / 2) {
          parents.removeLast();
        }
        parents.addLast(key.group(2));
        if (!description.isEmpty()) {
          String path = String.join(".", parents);
          rows.put(path, "`" + json(at(values, path)) + "` | " + description);
          description = "";
        }
      }
    }
    return rows;
  }

  private static Object at(Map<?, ?> values, String path) {
    Object value = values;
    for (String key : path.split("\\.", -1)) {
      value = ((Map<?, ?>) value).get(key);
    }
    return value;
  }

  private static String json(Object value) {
    return Serialization.asJson(value).replaceAll("\\s+", " ").replace("|", "\\|");
  }

  /** The values that a schema describes, without those that contain others. */
  private static List<String> leaves(String path, Map<?, ?> schema) {
    List<String> leaves = new ArrayList<>();
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach(
          (key, value) ->
              leaves.addAll(
                  leaves(path.isEmpty() ? "" + key : path + "." + key, (Map<?, ?>) value)));
    } else {
      leaves.add(path);
    }
    return leaves;
  }
}
