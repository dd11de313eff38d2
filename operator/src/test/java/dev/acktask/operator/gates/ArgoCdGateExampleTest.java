package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.operator.api.v1alpha1.GateReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Argo CD's health check of gates. */
final class ArgoCdGateExampleTest {
  private static final Path FOLDER = Example.ROOT.resolve("04-argo-cd");
  private static final Path CUSTOMIZATION =
      FOLDER.resolve("resource_customizations/acktask.dev/AckTaskGate");

  @TestFactory
  List<DynamicTest> shouldReportTheHealthThatHealthTestExpects() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode test : tests()) {
      Path input = CUSTOMIZATION.resolve(test.get("inputPath").asText());
      LuaHealth.Health expected =
          new LuaHealth.Health(
              test.at("/healthStatus/status").asText(), test.at("/healthStatus/message").asText());
      tests.add(
          dynamicTest(
              input.getFileName().toString(),
              () -> assertEquals(expected, check().of(Example.one(input)))));
    }
    return tests;
  }

  @Test
  void shouldTestAllTestdata() throws IOException {
    Set<String> tested = new TreeSet<>();
    for (JsonNode test : tests()) {
      tested.add(CUSTOMIZATION.resolve(test.get("inputPath").asText()).toString());
    }
    assertEquals(
        tested,
        new TreeSet<>(
            Example.files(CUSTOMIZATION.resolve("testdata"), ".yaml").stream()
                .map(Path::toString)
                .toList()));
  }

  @Test
  void shouldHaveTheTestedScriptInTheConfigMap() throws IOException {
    assertEquals(
        script(),
        Example.one(FOLDER.resolve("argocd-cm.yaml"))
            .at("/data/resource.customizations.health.acktask.dev_AckTaskGate")
            .asText());
  }

  /** The other conditions cannot make a gate Healthy. */
  @ParameterizedTest
  @CsvSource({
    "succeeded, True, Healthy",
    "succeeded, Unknown, Progressing",
    "succeeded, False, Degraded",
    "quiet, True, Healthy",
    "quiet, Unknown, Progressing",
    "outage, Unknown, Progressing",
    "outage, True, Healthy"
  })
  void shouldFollowTheSucceededConditionAlone(String state, String status, String expected)
      throws IOException {
    ObjectNode object = object(state);
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.get("type").asText().equals("Succeeded")) {
        ((ObjectNode) condition).put("status", status);
      }
    }

    assertEquals(expected, check().of(object).status());
  }

  @Test
  void shouldWaitWhenThereIsNoVerdict() throws IOException {
    ObjectNode object = object("succeeded");
    ArrayNode conditions = (ArrayNode) object.at("/status/conditions");
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (conditions.get(i).get("type").asText().equals("Succeeded")) {
        conditions.remove(i);
      }
    }

    assertEquals("Progressing", check().of(object).status());
  }

  /** Each reason of the Succeeded condition has a file, so that no state of a gate is untested. */
  @Test
  void shouldHaveTestdataOfEachStateOfAGate() throws IOException {
    Set<String> reasons = new TreeSet<>();
    for (Path file : Example.files(CUSTOMIZATION.resolve("testdata"), ".yaml")) {
      for (JsonNode condition : Example.one(file).at("/status/conditions")) {
        reasons.add(condition.get("reason").asText());
      }
    }

    assertEquals(
        Arrays.stream(GateReason.values())
            .map(GateReason::apiName)
            .collect(Collectors.toCollection(TreeSet::new)),
        reasons);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/status", "/status/conditions", "/status/observedGeneration"})
  void shouldWaitWhenAPartIsMissing(String pointer) throws IOException {
    int slash = pointer.lastIndexOf('/');
    for (boolean isNull : List.of(true, false)) {
      ObjectNode object = object("succeeded");
      ObjectNode parent = (ObjectNode) object.at(pointer.substring(0, slash));
      parent.remove(pointer.substring(slash + 1));
      if (isNull) {
        parent.putNull(pointer.substring(slash + 1));
      }

      assertEquals("Progressing", check().of(object).status());
    }
  }

  private static ObjectNode object(String name) throws IOException {
    return (ObjectNode) Example.one(CUSTOMIZATION.resolve("testdata/" + name + ".yaml"));
  }

  private static JsonNode tests() throws IOException {
    return Example.one(CUSTOMIZATION.resolve("health_test.yaml")).get("tests");
  }

  private static LuaHealth check() throws IOException {
    return new LuaHealth(script());
  }

  private static String script() throws IOException {
    return Files.readString(CUSTOMIZATION.resolve("health.lua"));
  }
}
