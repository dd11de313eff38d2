package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The health check of connections for Argo CD: degraded while calls are refused, and never waiting
 * for a first use.
 */
final class ArgoCdConnectionExampleTest {
  private static final Path FOLDER = Example.ROOT.resolve("04-argo-cd");
  private static final List<String> KINDS = List.of("AckConnection", "ClusterAckConnection");

  @TestFactory
  List<DynamicTest> shouldReportTheHealthThatHealthTestExpects() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String kind : KINDS) {
      for (JsonNode test : tests(kind)) {
        Path input = customization(kind).resolve(test.get("inputPath").asText());
        LuaHealth.Health expected =
            new LuaHealth.Health(
                test.at("/healthStatus/status").asText(),
                test.at("/healthStatus/message").asText());
        tests.add(
            dynamicTest(
                kind + " " + input.getFileName(),
                () -> assertEquals(expected, check(kind).of(Example.one(input)))));
      }
    }
    return tests;
  }

  @ParameterizedTest
  @ValueSource(strings = {"AckConnection", "ClusterAckConnection"})
  void shouldTestAllTestdata(String kind) throws IOException {
    Set<String> tested = new TreeSet<>();
    for (JsonNode test : tests(kind)) {
      tested.add(customization(kind).resolve(test.get("inputPath").asText()).toString());
    }
    assertEquals(
        tested,
        new TreeSet<>(
            Example.files(customization(kind).resolve("testdata"), ".yaml").stream()
                .map(Path::toString)
                .toList()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AckConnection", "ClusterAckConnection"})
  void shouldHaveTheTestedScriptInTheConfigMap(String kind) throws IOException {
    assertEquals(
        script(kind),
        Example.one(FOLDER.resolve("argocd-cm.yaml"))
            .at("/data/resource.customizations.health.acktask.dev_" + kind)
            .asText());
    assertEquals(script("AckConnection"), script(kind));
  }

  @ParameterizedTest
  @CsvSource({
    "True, Answered, Healthy",
    "Unknown, NotUsedYet, Healthy",
    "False, SecretNotFound, Degraded",
    "False, SecretInvalid, Degraded",
    "False, CredentialsRefused, Degraded",
    "False, PermissionDenied, Degraded",
    "False, RoleNotAssumable, Degraded",
    "Unknown, OfALaterVersion, Progressing"
  })
  void shouldFollowTheReadyCondition(String status, String reason, String expected)
      throws IOException {
    ObjectNode object = answered();
    ((ObjectNode) object.at("/status/conditions/0")).put("status", status).put("reason", reason);

    assertEquals(expected, check("AckConnection").of(object).status());
  }

  @TestFactory
  Stream<DynamicTest> shouldAcceptAnObjectWithMissingParts() {
    return Stream.of("/spec", "/status", "/status/conditions", "/status/observedGeneration")
        .flatMap(
            pointer ->
                Stream.of(true, false)
                    .map(
                        isNull ->
                            dynamicTest(
                                pointer + (isNull ? " null" : " absent"),
                                () -> assertAccepts(pointer, isNull))));
  }

  private static void assertAccepts(String pointer, boolean isNull) throws IOException {
    int slash = pointer.lastIndexOf('/');
    ObjectNode object = answered();
    ObjectNode parent = (ObjectNode) object.at(pointer.substring(0, slash));
    parent.remove(pointer.substring(slash + 1));
    if (isNull) {
      parent.set(pointer.substring(slash + 1), JsonNodeFactory.instance.nullNode());
    }

    String expected = pointer.equals("/spec") ? "Healthy" : "Progressing";
    assertEquals(expected, check("AckConnection").of(object).status());
  }

  private static ObjectNode answered() throws IOException {
    return (ObjectNode)
        Example.one(customization("AckConnection").resolve("testdata/answered.yaml"));
  }

  private static JsonNode tests(String kind) throws IOException {
    return Example.one(customization(kind).resolve("health_test.yaml")).get("tests");
  }

  private static LuaHealth check(String kind) throws IOException {
    return new LuaHealth(script(kind));
  }

  private static String script(String kind) throws IOException {
    return Files.readString(customization(kind).resolve("health.lua"));
  }

  private static Path customization(String kind) {
    return FOLDER.resolve("resource_customizations/acktask.dev").resolve(kind);
  }
}
