package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.operator.gates.Example.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The health check for Argo CD reports healthy only after success and degraded on every failure.
 */
final class ArgoCdExampleTest {
  private static final Path FOLDER = Example.ROOT.resolve("04-argo-cd");
  private static final Path CUSTOMIZATION =
      FOLDER.resolve("resource_customizations/acktask.dev/AckTask");

  private final String script = Files.readString(CUSTOMIZATION.resolve("health.lua"));
  private final LuaHealth check = new LuaHealth(script);

  ArgoCdExampleTest() throws IOException {}

  @TestFactory
  List<DynamicTest> shouldReportTheHealthThatHealthTestExpects() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode test : Example.one(CUSTOMIZATION.resolve("health_test.yaml")).get("tests")) {
      String path = test.get("inputPath").asText();
      LuaHealth.Health expected =
          new LuaHealth.Health(
              test.at("/healthStatus/status").asText(), test.at("/healthStatus/message").asText());
      tests.add(
          dynamicTest(
              path,
              () -> assertEquals(expected, check.of(Example.one(CUSTOMIZATION.resolve(path))))));
    }
    return tests;
  }

  @Test
  void shouldTestAllTestdata() throws IOException {
    Set<String> tested = new TreeSet<>();
    for (JsonNode test : Example.one(CUSTOMIZATION.resolve("health_test.yaml")).get("tests")) {
      tested.add(CUSTOMIZATION.resolve(test.get("inputPath").asText()).toString());
    }
    assertEquals(
        tested,
        new TreeSet<>(
            Example.files(CUSTOMIZATION.resolve("testdata"), ".yaml").stream()
                .map(Path::toString)
                .toList()));
  }

  @TestFactory
  Stream<DynamicTest> shouldFollowTheConditionsOfEveryDecision() throws IOException {
    return Example.decided().stream()
        .map(golden -> dynamicTest(golden.name(), () -> assertFollows(golden)));
  }

  @Test
  void shouldReportEachHealthForSomeDecision() throws IOException {
    Set<String> reported = new TreeSet<>();
    for (Golden golden : Example.decided()) {
      reported.add(check.of(golden.object()).status());
    }
    assertEquals(Set.of("Degraded", "Healthy", "Progressing", "Suspended"), reported);
  }

  @TestFactory
  Stream<DynamicTest> shouldWaitWhenTheStatusIsOfAnOlderGeneration() throws IOException {
    return Example.decided().stream()
        .map(
            golden -> {
              ObjectNode edited = golden.object().deepCopy();
              ((ObjectNode) edited.get("metadata"))
                  .put("generation", edited.at("/metadata/generation").asLong() + 1);
              return dynamicTest(
                  golden.name(), () -> assertEquals("Progressing", check.of(edited).status()));
            });
  }

  @TestFactory
  Stream<DynamicTest> shouldNeverBeHealthyBeforeSuccess() throws IOException {
    return Stream.concat(Example.found().stream(), Stream.of(Example.fresh()))
        .map(
            golden ->
                dynamicTest(
                    golden.name(),
                    () -> {
                      if (!golden.condition("Succeeded").equals("True")) {
                        assertTrue(!check.of(golden.object()).status().equals("Healthy"));
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> shouldAcceptAnObjectWithMissingParts() throws IOException {
    Golden whole =
        Example.decided().stream()
            .filter(golden -> golden.name().equals("success"))
            .findFirst()
            .orElseThrow();
    return Stream.of("/spec", "/status", "/status/conditions", "/status/observedGeneration")
        .flatMap(
            pointer ->
                Stream.of(true, false)
                    .map(
                        isNull -> {
                          int slash = pointer.lastIndexOf('/');
                          ObjectNode object = whole.object().deepCopy();
                          ObjectNode parent = (ObjectNode) object.at(pointer.substring(0, slash));
                          String field = pointer.substring(slash + 1);
                          parent.remove(field);
                          if (isNull) {
                            parent.set(field, JsonNodeFactory.instance.nullNode());
                          }
                          String expected = pointer.equals("/spec") ? "Healthy" : "Progressing";
                          return dynamicTest(
                              pointer + (isNull ? " null" : " absent"),
                              () -> assertEquals(expected, check.of(object).status()));
                        }));
  }

  @Test
  void shouldHaveTheTestedScriptInTheConfigMap() throws IOException {
    assertEquals(
        script,
        Example.one(FOLDER.resolve("argocd-cm.yaml"))
            .at("/data/resource.customizations.health.acktask.dev_AckTask")
            .asText());
  }

  @Test
  void shouldSyncTheTaskInAnEarlierWaveThanItsDependents() throws IOException {
    JsonNode application = Example.one(FOLDER.resolve("application.yaml"));
    Path manifests = Path.of("..").resolve(application.at("/spec/source/path").asText());

    assertTrue(wave(manifests.resolve("acktask.yaml")) < wave(manifests.resolve("settings.yaml")));
  }

  private void assertFollows(Golden golden) {
    String verdict = golden.condition("Succeeded");
    boolean isHeld = golden.phase().equals("Paused") || golden.isSuspended();
    String expected =
        golden.condition("Stalled").equals("True")
            ? "Degraded"
            : verdict.equals("True") ? "Healthy" : isHeld ? "Suspended" : "Progressing";
    LuaHealth.Health health = check.of(golden.object());
    assertEquals(expected, health.status());
    assertEquals(verdict.equals("False"), health.status().equals("Degraded"));
    assertTrue(
        health.message().startsWith(golden.object().at("/status/message").asText()),
        health::message);
  }

  private static int wave(Path manifest) throws IOException {
    return Example.one(manifest)
        .at("/metadata/annotations/argocd.argoproj.io~1sync-wave")
        .asInt(Integer.MAX_VALUE);
  }
}
