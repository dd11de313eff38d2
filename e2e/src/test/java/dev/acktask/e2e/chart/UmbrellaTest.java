package dev.acktask.e2e.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart as a dependency of a parent chart that switches it by a condition and by tags. */
class UmbrellaTest {
  private static final String SUBCHART =
      "region: cn-hangzhou, image: {repository: r.example/x},"
          + " credentials: {existingSecret: s}";

  @TempDir Path folder;

  private Chart umbrella;

  @BeforeEach
  void writeTheParentChart() throws IOException {
    Files.writeString(
        folder.resolve("Chart.yaml"),
        """
        apiVersion: v2
        name: platform
        version: 1.0.0
        dependencies:
          - name: acktask-operator
            version: ">=0.0.0-0"
            condition: acktask-operator.enabled
            tags: [operators]
        """);
    copy(Chart.ours().folder(), folder.resolve("charts/acktask-operator"));
    Files.createDirectories(folder.resolve("templates"));
    Files.writeString(
        folder.resolve("templates/own.yaml"),
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: own, namespace: n}}\n");
    umbrella = new Chart(folder);
  }

  @Test
  void shouldBeInstalledWhenItsConditionIsTrue() {
    Rendered rendered =
        umbrella.render(
            "platform",
            "n",
            "{global: {site: x}, tags: {operators: false}, acktask-operator: {enabled: true, "
                + SUBCHART
                + ", global: {imageRegistry: x}, tags: {a: true}}}");

    assertTrue(rendered.names().contains("Deployment/platform-acktask-operator"), rendered::text);
  }

  @Test
  void shouldBeLeftOutWhenItsConditionIsFalse() {
    Rendered rendered =
        umbrella.render("platform", "n", "{acktask-operator: {enabled: false, " + SUBCHART + "}}");

    assertEquals(List.of("ConfigMap/own"), rendered.names());
  }

  @Test
  void shouldBeInstalledWithoutACondition() {
    Rendered rendered = umbrella.render("platform", "n", "{acktask-operator: {" + SUBCHART + "}}");

    assertTrue(rendered.names().contains("Deployment/platform-acktask-operator"), rendered::text);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
