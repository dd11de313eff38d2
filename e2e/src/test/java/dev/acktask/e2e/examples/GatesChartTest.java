package dev.acktask.e2e.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart of the example of gates. */
final class GatesChartTest {
  private static final Path FOLDER = Manifests.EXAMPLES.resolve("10-gates");
  private static final String VALUES =
      "{change: 1-34, clusterId: c00000000000000000000000000000001, pools: 5}";

  @TempDir private Path scratch;

  /** As the manifests for the other tools, but for the deadlines. */
  @Test
  void shouldRenderTheGatesOfTheExample() throws IOException {
    List<GenericKubernetesResource> gates = render("shop-gates", VALUES);

    assertEquals(2, gates.size());
    assertEquals(spec("pools"), gates.get(0).get("spec"));
    assertEquals(spec("quiet"), gates.get(1).get("spec"));
  }

  @Test
  void shouldHaveTheSameNamesForTheSameChangeOnly() throws IOException {
    List<String> names = names(VALUES);

    assertEquals(names, names(VALUES));
    for (String other :
        List.of(
            VALUES.replace("1-34", "1-35"),
            VALUES.replace("pools: 5", "pools: 6"),
            VALUES.replace("}", ", since: 3h}"))) {
      assertNotEquals(names, names(other), other);
    }
    assertEquals(names, names(VALUES.replace("}", ", global: {a: b}}")), "of a parent chart");
  }

  @Test
  void shouldHaveValidNamesForEachRelease() throws IOException {
    for (String release : List.of("a", "a".repeat(39) + "-" + "b".repeat(13))) {
      for (GenericKubernetesResource gate : render(release, VALUES)) {
        String name = gate.getMetadata().getName();
        assertTrue(name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?"), name);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{clusterId: c1, pools: 5} | change",
        "{change: 1-34, pools: 5} | clusterId",
        "{change: 1-34, clusterId: c1} | pools",
        "{change: 1-34, clusterId: c1, pools: 201} | pools",
        "{change: 1-34, clusterId: c1, pools: 5, count: 5} | count"
      })
  void shouldRefuseValuesThatCannotWork(String values, String field) {
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> render("shop-gates", values));

    assertTrue(refused.getMessage().contains(field), refused::getMessage);
  }

  private static Map<String, Object> spec(String folder) throws IOException {
    Map<String, Object> spec =
        Manifests.read(FOLDER.resolve("manifests/" + folder + "/gate.yaml")).get(0).get("spec");
    spec.remove("deadline");
    return spec;
  }

  private List<String> names(String values) throws IOException {
    return render("shop-gates", values).stream().map(it -> it.getMetadata().getName()).toList();
  }

  private List<GenericKubernetesResource> render(String release, String values) throws IOException {
    Path file = Files.writeString(Files.createTempFile(scratch, "values", ".yaml"), values);
    return Manifests.parse(
        new Helm(FOLDER.resolve("chart"))
            .template()
            .withName(release)
            .withKubeVersion("1.34.0")
            .withValuesFile(file)
            .call());
  }
}
