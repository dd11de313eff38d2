package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.operator.gates.Example.Golden;
import java.io.IOException;
import java.nio.file.Path;
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
  private final HealthCheck check = new HealthCheck("AckTask");

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

  @Test
  void shouldSyncTheTaskInAnEarlierWaveThanItsDependents() throws IOException {
    JsonNode application = Example.one(HealthCheck.EXAMPLE.resolve("application.yaml"));
    Path manifests = Path.of("..").resolve(application.at("/spec/source/path").asText());

    assertTrue(wave(manifests.resolve("acktask.yaml")) < wave(manifests.resolve("settings.yaml")));
  }

  private void assertFollows(Golden golden) throws IOException {
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
