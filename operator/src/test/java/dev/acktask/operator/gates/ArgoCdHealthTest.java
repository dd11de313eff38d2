package dev.acktask.operator.gates;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the health checks of all kinds have in common. */
final class ArgoCdHealthTest {
  @Test
  void shouldCheckEachKind() throws IOException {
    TreeSet<String> kinds = new TreeSet<>();
    for (Path crd : Example.files(Path.of("../crds"), ".yaml")) {
      kinds.add(Example.one(crd).at("/spec/names/kind").asText());
    }
    assertEquals(
        kinds,
        HealthCheck.all().stream().map(HealthCheck::kind).collect(toCollection(TreeSet::new)));
  }

  @TestFactory
  List<DynamicTest> shouldReportTheHealthThatHealthTestExpects() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (HealthCheck check : HealthCheck.all()) {
      for (JsonNode test : check.tests()) {
        Path input = check.input(test);
        tests.add(
            dynamicTest(
                check + " " + input.getFileName(),
                () -> assertEquals(HealthCheck.expected(test), check.of(Example.one(input)))));
      }
    }
    return tests;
  }

  @ParameterizedTest
  @MethodSource("checks")
  void shouldTestAllTestdata(HealthCheck check) throws IOException {
    TreeSet<Path> tested = new TreeSet<>();
    for (JsonNode test : check.tests()) {
      tested.add(check.input(test));
    }
    assertEquals(tested, new TreeSet<>(check.testdata()));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void shouldHaveTheTestedScriptInTheConfigMap(HealthCheck check) throws IOException {
    assertEquals(
        check.script(),
        Example.one(HealthCheck.EXAMPLE.resolve("argocd-cm.yaml"))
            .at("/data/resource.customizations.health.acktask.dev_" + check)
            .asText());
  }

  /** An object that would be Healthy otherwise. */
  @TestFactory
  List<DynamicTest> shouldWaitWhenAPartIsMissing() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (HealthCheck check : HealthCheck.all()) {
      for (String part : List.of("/status", "/status/conditions", "/status/observedGeneration")) {
        ObjectNode absent = without(part, healthy(check));
        ObjectNode isNull = absent.deepCopy();
        parent(part, isNull).putNull(field(part));
        for (ObjectNode object : List.of(absent, isNull)) {
          tests.add(
              dynamicTest(
                  check + " " + part,
                  () -> assertEquals("Progressing", check.of(object).status())));
        }
      }
    }
    return tests;
  }

  @ParameterizedTest
  @MethodSource("checks")
  void shouldNotNeedTheSpec(HealthCheck check) throws IOException {
    assertEquals("Healthy", check.of(without("/spec", healthy(check))).status());
  }

  static List<HealthCheck> checks() throws IOException {
    return HealthCheck.all();
  }

  private static ObjectNode healthy(HealthCheck check) throws IOException {
    for (JsonNode test : check.tests()) {
      ObjectNode object = (ObjectNode) Example.one(check.input(test));
      if (HealthCheck.expected(test).status().equals("Healthy") && object.has("status")) {
        return object;
      }
    }
    throw new AssertionError("no healthy " + check);
  }

  private static ObjectNode without(String part, ObjectNode object) {
    parent(part, object).remove(field(part));
    return object;
  }

  private static ObjectNode parent(String part, ObjectNode object) {
    return (ObjectNode) object.at(part.substring(0, part.lastIndexOf('/')));
  }

  private static String field(String part) {
    return part.substring(part.lastIndexOf('/') + 1);
  }
}
