package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Argo CD's health check of discoveries. */
final class ArgoCdDiscoveryExampleTest {
  private static final Path FOLDER = Example.ROOT.resolve("04-argo-cd");
  private static final Path CUSTOMIZATION =
      FOLDER.resolve("resource_customizations/acktask.dev/AckTaskDiscovery");

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
            .at("/data/resource.customizations.health.acktask.dev_AckTaskDiscovery")
            .asText());
  }

  @ParameterizedTest
  @CsvSource({
    "True, True, Degraded",
    "True, False, Healthy",
    "False, True, Degraded",
    "Unknown, True, Progressing"
  })
  void shouldBeHealthyOnlyWhenReadyAndNotLimited(String ready, String limited, String expected)
      throws IOException {
    ObjectNode object = object("limited");
    ((ObjectNode) object.at("/status/conditions/0")).put("status", ready);
    ((ObjectNode) object.at("/status/conditions/1")).put("status", limited);

    assertEquals(expected, check().of(object).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/status", "/status/conditions", "/status/observedGeneration"})
  void shouldWaitWhenAPartIsMissing(String pointer) throws IOException {
    int slash = pointer.lastIndexOf('/');
    for (boolean isNull : List.of(true, false)) {
      ObjectNode object = object("answered");
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
