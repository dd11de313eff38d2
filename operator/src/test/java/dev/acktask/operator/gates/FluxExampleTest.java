package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.operator.text.GepDuration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FluxExampleTest {
  private final List<JsonNode> kustomizations =
      Example.all(Example.ROOT.resolve("03-flux/kustomizations.yaml"));
  private final JsonNode upgrade = kustomizations.get(0);
  private final JsonNode after = kustomizations.get(1);

  FluxExampleTest() throws IOException {}

  @Test
  void shouldWaitForTheTaskLongerThanItMayTake() throws IOException {
    assertEquals(List.of("AckTask"), kindsIn(upgrade));
    assertTrue(upgrade.at("/spec/wait").asBoolean());
    Duration timeout = GepDuration.parse(upgrade.at("/spec/timeout").asText()).orElseThrow();
    assertTrue(timeout.compareTo(Duration.ofHours(2)) >= 0, timeout::toString);
    assertFalse(upgrade.at("/spec").has("healthChecks"), "wait makes Flux ignore them");
  }

  @Test
  void shouldApplyTheRestOnlyAfterTheTask() throws IOException {
    assertEquals(
        upgrade.at("/metadata/name").asText(), after.at("/spec/dependsOn/0/name").asText());
    assertEquals(
        upgrade.at("/metadata/namespace").asText(), after.at("/metadata/namespace").asText());
    assertFalse(kindsIn(after).contains("AckTask"));
  }

  private static List<String> kindsIn(JsonNode kustomization) throws IOException {
    List<String> kinds = new ArrayList<>();
    Path folder = Path.of("..").resolve(kustomization.at("/spec/path").asText());
    for (Path file : Example.files(folder, ".yaml")) {
      for (JsonNode object : Example.all(file)) {
        kinds.add(object.get("kind").asText());
      }
    }
    return kinds;
  }
}
