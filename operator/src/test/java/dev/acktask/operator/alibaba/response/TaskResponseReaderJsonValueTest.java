package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskState;
import dev.acktask.operator.text.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B1, F25 to F27: free-form parts of any depth, with any key and number. */
final class TaskResponseReaderJsonValueTest {
  @ParameterizedTest
  @Tag("F25")
  @ValueSource(ints = {33, 41, 1_000, 100_000})
  void shouldCutAtDepth32WhenParametersAreDeep(int depth) {
    String deep = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"parameters\":"
                + deep
                + ",\"stages\":[{\"state\":\"fail\",\"outputs\":"
                + deep
                + "}]");

    assertEquals("failed", task.state());
    assertEquals(JsonValue.MAX_DEPTH, depth(task.parameters()));
    assertEquals(JsonValue.MAX_DEPTH, depth(task.stages().get(0).outputs()));
    assertEquals(2, task.omitted().fields());
  }

  @Test
  @Tag("F25")
  void shouldKeepAllLevelsOfDepth32() {
    TaskInfo task = LookupAssertions.taskWith("\"parameters\":" + "[".repeat(32) + "]".repeat(32));

    assertEquals(32, depth(task.parameters()));
    assertEquals(TaskInfo.Omitted.NONE, task.omitted());
  }

  @Test
  @Tag("F25")
  void shouldOmitLevelsBeyondDepth32() {
    TaskInfo task = LookupAssertions.taskWith("\"parameters\":" + "[".repeat(33) + "]".repeat(33));

    assertEquals(32, depth(task.parameters()));
    assertEquals(1, task.omitted().fields());
  }

  @Test
  @Tag("F25")
  void shouldKeepTheVerdictWhenAnUnknownFieldIsDeep() {
    LookupAssertions.state(
        TaskState.FAILED,
        SampleTask.minimal("failed", "\"x\":" + "[".repeat(90_000) + "]".repeat(90_000)));
  }

  @Test
  @Tag("F25")
  void shouldHoldWhenTheDeepPartIsMalformed() {
    LookupAssertions.invalid(
        SampleTask.minimal("success", "\"x\":" + "[".repeat(900) + "]".repeat(899) + "}"));
    LookupAssertions.invalid(
        SampleTask.minimal("success", "\"x\":" + "[".repeat(900) + "'" + "]".repeat(900)));
  }

  @Test
  @Tag("F26")
  void shouldKeepAnyKeyOfAJsonValue() {
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"parameters\":{\"\":1,\"$ref\":2,\"a.b/c\":3,\"__proto__\":{},\"kind\":\"x\",\""
                + "k".repeat(10_000)
                + "\":4},\"metadata\":{\"name\":\"x\"},\"__proto__\":1");

    JsonValue.Obj parameters = (JsonValue.Obj) task.parameters();
    assertEquals(6, parameters.members().size());
    assertEquals(256, parameters.members().get(5).name().length());
    assertEquals("$ref", parameters.members().get(1).name());
  }

  @Test
  @Tag("F26")
  void shouldKeepTheFirstOfTwoEqualKeys() {
    TaskInfo task = LookupAssertions.taskWith("\"parameters\":{\"a\":1,\"a\":2}");

    assertEquals(
        new JsonValue.Obj(List.of(new JsonValue.Member("a", new JsonValue.Literal("1")))),
        task.parameters());
    assertEquals(1, task.omitted().fields());
  }

  @ParameterizedTest
  @Tag("F27")
  @ValueSource(
      strings = {
        "9007199254740993",
        "9223372036854775808",
        "1e400",
        "1.0",
        "-0",
        "1E+2",
        "-1.50e-07"
      })
  void shouldKeepNumbersAsSpelled(String number) {
    assertEquals(
        new JsonValue.Literal(number),
        LookupAssertions.taskWith("\"parameters\":" + number).parameters());
  }

  @Test
  @Tag("F27")
  void shouldBoundTheDigitsOfANumber() {
    assertEquals(
        new JsonValue.Literal("7".repeat(1_000)),
        LookupAssertions.taskWith("\"parameters\":" + "7".repeat(1_000)).parameters());

    TaskInfo task = LookupAssertions.taskWith("\"parameters\":" + "7".repeat(100_000));
    assertNull(task.parameters());
    assertEquals(1, task.omitted().fields());
  }

  @Test
  @Tag("F26")
  void shouldCutALongText() {
    TaskInfo task = LookupAssertions.taskWith("\"parameters\":[\"" + "x".repeat(5_000) + "\"]");

    assertEquals(
        new JsonValue.Arr(List.of(new JsonValue.Text("x".repeat(4_095) + "…"))), task.parameters());
    assertEquals(1, task.omitted().fields());
  }

  @Test
  @Tag("F26")
  void shouldBoundTheNumberOfValues() {
    TaskInfo task = LookupAssertions.taskWith("\"parameters\":[1" + ",1".repeat(1_199) + "]");

    assertEquals(999, ((JsonValue.Arr) task.parameters()).items().size());
    assertEquals(201, task.omitted().fields());
  }

  @ParameterizedTest
  @Tag("F26")
  @ValueSource(strings = {"\"%s\"", "7%s", "{\"%s\":{}}"})
  void shouldBoundTheTextOfAllValuesTogether(String value) {
    String digits = "7".repeat(200);
    String item = value.replace("%s", digits);
    TaskInfo task =
        LookupAssertions.taskWith("\"parameters\":[" + item + ("," + item).repeat(119) + "]");

    assertTrue(task.omitted().fields() >= 38, () -> task.omitted().toString());
    assertTrue(task.omitted().fields() <= 39, () -> task.omitted().toString());
  }

  private static int depth(JsonValue value) {
    return switch (value) {
      case JsonValue.Obj object ->
          1 + object.members().stream().mapToInt(m -> depth(m.value())).max().orElse(0);
      case JsonValue.Arr array ->
          1
              + array.items().stream()
                  .mapToInt(TaskResponseReaderJsonValueTest::depth)
                  .max()
                  .orElse(0);
      default -> 0;
    };
  }
}
