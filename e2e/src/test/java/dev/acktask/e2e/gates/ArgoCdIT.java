package dev.acktask.e2e.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.cluster.Settings;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The health checks of the example, run by Argo CD itself. */
@OnControlPlane
@WithArgoCd
class ArgoCdIT {
  private static final Path CHECKS =
      Settings.repository().resolve("examples/04-argo-cd/resource_customizations/acktask.dev");

  private final ArgoCdCli argoCd;

  ArgoCdIT(ArgoCdCli argoCd) {
    this.argoCd = argoCd;
  }

  /** The statuses that the operator writes. */
  @Test
  void shouldConcludeWhatIsDocumented(ControlPlane controlPlane) {
    // given
    Map<WrittenState, JsonNode> objects;
    try (WrittenStates states = WrittenStates.start(controlPlane)) {
      objects = states.objects();
    }

    // when
    Map<WrittenState, String> read = new EnumMap<>(WrittenState.class);
    objects.forEach((state, object) -> read.put(state, argoCd.health(object).status()));

    // then
    Map<WrittenState, String> expected = new EnumMap<>(WrittenState.class);
    objects.keySet().forEach(state -> expected.put(state, state.health()));
    assertEquals(expected, read);
  }

  /** The objects of the tests of the example. */
  @TestFactory
  List<DynamicTest> shouldConcludeWhatTheExampleSays() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path kind : folders()) {
      for (JsonNode test : yaml(kind.resolve("health_test.yaml")).get("tests")) {
        String input = test.get("inputPath").asText();
        tests.add(
            DynamicTest.dynamicTest(
                kind.getFileName() + " " + input,
                () ->
                    assertEquals(expected(test), argoCd.health(yaml(kind.resolve(input))), input)));
      }
    }
    assertTrue(tests.size() >= 20, tests::toString);
    return tests;
  }

  private static ArgoCdCli.Health expected(JsonNode test) {
    JsonNode health = test.get("healthStatus");
    return new ArgoCdCli.Health(health.get("status").asText(), health.path("message").asText());
  }

  private static List<Path> folders() throws IOException {
    try (Stream<Path> entries = Files.list(CHECKS)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static ObjectNode yaml(Path file) throws IOException {
    return Serialization.unmarshal(Files.readString(file), ObjectNode.class);
  }
}
