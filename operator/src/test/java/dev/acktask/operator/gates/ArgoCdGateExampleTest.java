package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.acktask.operator.api.v1alpha1.GateReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Argo CD's health check of gates. */
final class ArgoCdGateExampleTest {
  private final HealthCheck check = new HealthCheck("AckTaskGate");

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
    ObjectNode object = check.testdata(state);
    for (JsonNode condition : object.at("/status/conditions")) {
      if (condition.get("type").asText().equals("Succeeded")) {
        ((ObjectNode) condition).put("status", status);
      }
    }

    assertEquals(expected, check.of(object).status());
  }

  @Test
  void shouldWaitWhenThereIsNoVerdict() throws IOException {
    ObjectNode object = check.testdata("succeeded");
    ArrayNode conditions = (ArrayNode) object.at("/status/conditions");
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (conditions.get(i).get("type").asText().equals("Succeeded")) {
        conditions.remove(i);
      }
    }

    assertEquals("Progressing", check.of(object).status());
  }

  /** Each reason of the Succeeded condition has a file, so that no state of a gate is untested. */
  @Test
  void shouldHaveTestdataOfEachStateOfAGate() throws IOException {
    Set<String> reasons = new TreeSet<>();
    for (Path file : check.testdata()) {
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
}
