package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.gates.Example.Golden;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The conditions of the resource template match each status that the operator decides. */
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

  @TestFactory
  Stream<DynamicTest> shouldEndTheStepWhenTheTaskEnds() throws IOException {
    return Stream.concat(Example.decided().stream(), Stream.of(Example.fresh()))
        .map(golden -> dynamicTest(golden.name(), () -> assertFollows(golden)));
  }

  @Test
  void shouldWaitWhenThereIsNoStatusAtAll() throws IOException {
    assertEquals(
        ArgoWorkflowsStep.WAITING,
        ArgoWorkflowsStep.of(resource, new ObjectMapper().readTree("{\"spec\": {}}")));
  }

  @Test
  void shouldCreateANewAckTask() throws IOException {
    JsonNode manifest =
        Example.allIn(resource.get("manifest").asText().replaceAll("\\{\\{.*?}}", "T-1")).get(0);

    assertEquals("create", resource.get("action").asText());
    assertEquals("AckTask", manifest.get("kind").asText());
    assertEquals("upgrade-", manifest.at("/metadata/generateName").asText());
    assertEquals("T-1", manifest.at("/spec/taskId").asText());
  }

  /** Success needs all of its parts, failure one. A missing field is unequal and in no set. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.b == x         | c == n                | SUCCEEDED",
        "a.b = x,c        | !c                    | SUCCEEDED",
        "a.b == x, c == n | d                     | WAITING",
        "a.b == x         | c == n, a.b in (w, x) | FAILED",
        "d == x           | d != x                | FAILED",
        "d == x           | d notin (x,y)         | FAILED"
      })
  void shouldEvaluateSelectorsAsArgoDoes(String success, String failure, ArgoWorkflowsStep expected)
      throws IOException {
    JsonNode object = new ObjectMapper().readTree("{\"a\": {\"b\": \"x\"}, \"c\": \"y\"}");

    assertEquals(expected, ArgoWorkflowsStep.of(success, failure, object));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a in (x y)", "a > b > c"})
  void shouldRejectWhatIsNoSelector(String text) {
    assertThrows(IllegalArgumentException.class, () -> LabelSelector.parse(text));
  }

  private void assertFollows(Golden golden) {
    assertEquals(
        ArgoWorkflowsStep.ofVerdict(golden.condition("Succeeded")),
        ArgoWorkflowsStep.of(resource, golden.object()));
  }
}
