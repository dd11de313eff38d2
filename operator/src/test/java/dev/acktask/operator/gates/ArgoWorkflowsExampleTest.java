package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.gates.Example.Golden;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The conditions of the resource template hold when they should, for every status. */
final class ArgoWorkflowsExampleTest {
  private final JsonNode resource =
      StreamSupport.stream(
              Example.one(Example.ROOT.resolve("05-argo-workflows/workflow.yaml"))
                  .at("/spec/templates")
                  .spliterator(),
              false)
          .filter(template -> template.has("resource"))
          .findFirst()
          .orElseThrow()
          .get("resource");

  ArgoWorkflowsExampleTest() throws IOException {}

  private enum Step {
    WAITING,
    SUCCEEDED,
    FAILED
  }

  @TestFactory
  Stream<DynamicTest> shouldEndTheStepWithTheTaskAndNotBefore() throws IOException {
    return Stream.concat(Example.decided().stream(), Stream.of(Example.fresh()))
        .map(golden -> dynamicTest(golden.name(), () -> assertFollows(golden)));
  }

  @Test
  void shouldWaitWhenThereIsNoStatusAtAll() throws IOException {
    assertEquals(Step.WAITING, step(new ObjectMapper().readTree("{\"spec\": {}}")));
  }

  @Test
  void shouldCreateAnAckTaskOfItsOwn() throws IOException {
    JsonNode manifest =
        Example.allIn(resource.get("manifest").asText().replaceAll("\\{\\{.*?}}", "T-1")).get(0);

    assertEquals("create", resource.get("action").asText());
    assertEquals("AckTask", manifest.get("kind").asText());
    assertEquals("upgrade-", manifest.at("/metadata/generateName").asText());
    assertEquals("T-1", manifest.at("/spec/taskId").asText());
  }

  @Test
  void shouldReadSelectorsAsArgoDoes() throws IOException {
    JsonNode object = new ObjectMapper().readTree("{\"a\": {\"b\": \"x\"}, \"c\": \"y\"}");

    assertEquals(Step.SUCCEEDED, step("a.b == x", "c == n", object));
    assertEquals(Step.SUCCEEDED, step("a.b = x,c", "!c", object));
    assertEquals(Step.WAITING, step("a.b == x, c == n", "d", object), "AND in success");
    assertEquals(Step.FAILED, step("a.b == x", "c == n, a.b in (w, x)", object), "OR in failure");
    assertEquals(Step.FAILED, step("d == x", "d != x", object), "a missing field is not equal");
    assertEquals(Step.FAILED, step("d == x", "d notin (x,y)", object), "nor in any set");
    assertThrows(IllegalArgumentException.class, () -> LabelSelector.parse("a in (x y)"));
    assertThrows(IllegalArgumentException.class, () -> LabelSelector.parse("a > b > c"));
  }

  private void assertFollows(Golden golden) {
    Step expected =
        switch (golden.condition("Succeeded")) {
          case "True" -> Step.SUCCEEDED;
          case "False" -> Step.FAILED;
          default -> Step.WAITING;
        };
    assertEquals(expected, step(golden.object()));
  }

  private Step step(JsonNode object) {
    return step(
        resource.get("successCondition").asText(),
        resource.get("failureCondition").asText(),
        object);
  }

  /** Failure is looked at first and any of its parts will do; success needs all of its parts. */
  private static Step step(String success, String failure, JsonNode object) {
    List<LabelSelector.Requirement> failures = LabelSelector.parse(failure).requirements();
    if (failures.stream().anyMatch(requirement -> requirement.matches(object))) {
      return Step.FAILED;
    }
    List<LabelSelector.Requirement> successes = LabelSelector.parse(success).requirements();
    return successes.stream().allMatch(requirement -> requirement.matches(object))
        ? Step.SUCCEEDED
        : Step.WAITING;
  }
}
