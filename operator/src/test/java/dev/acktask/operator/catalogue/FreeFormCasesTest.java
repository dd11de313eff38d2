package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.FreeForm;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B1, F25 to F27: free-form parts of any depth, with any key and number. */
final class FreeFormCasesTest {
  @ParameterizedTest
  @ValueSource(ints = {33, 41, 1_000, 100_000})
  void f25ShouldCutAtDepth32WhenParametersAreDeep(int depth) {
    String deep = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    TaskInfo task =
        Seen.taskWith(
            "\"parameters\":"
                + deep
                + ",\"stages\":[{\"state\":\"fail\",\"outputs\":"
                + deep
                + "}]");

    assertEquals("failed", task.state());
    assertEquals(FreeForm.MAX_DEPTH, depth(task.parameters()));
    assertEquals(FreeForm.MAX_DEPTH, depth(task.stages().get(0).outputs()));
    assertEquals(2, task.omitted().fields());
  }

  @Test
  void f25ShouldKeepDepth32Whole() {
    TaskInfo task = Seen.taskWith("\"parameters\":" + "[".repeat(32) + "]".repeat(32));

    assertEquals(32, depth(task.parameters()));
    assertEquals(TaskInfo.Omitted.NONE, task.omitted());
  }

  @Test
  void f25ShouldLeaveOutWhatIsDeeperThan32() {
    TaskInfo task = Seen.taskWith("\"parameters\":" + "[".repeat(33) + "]".repeat(33));

    assertEquals(32, depth(task.parameters()));
    assertEquals(1, task.omitted().fields());
  }

  @Test
  void f25ShouldKeepTheVerdictWhenAnUnknownFieldIsDeep() {
    Seen.state(
        TaskState.FAILED,
        SampleTask.minimal("failed", "\"x\":" + "[".repeat(90_000) + "]".repeat(90_000)));
  }

  @Test
  void f25ShouldHoldWhenTheDeepPartIsBroken() {
    Seen.invalid(SampleTask.minimal("success", "\"x\":" + "[".repeat(900) + "]".repeat(899) + "}"));
    Seen.invalid(SampleTask.minimal("success", "\"x\":" + "[".repeat(900) + "'" + "]".repeat(900)));
  }

  @Test
  void f26ShouldTakeAnyKeyInFreeForm() {
    TaskInfo task =
        Seen.taskWith(
            "\"parameters\":{\"\":1,\"$ref\":2,\"a.b/c\":3,\"__proto__\":{},\"kind\":\"x\",\""
                + "k".repeat(10_000)
                + "\":4},\"metadata\":{\"name\":\"x\"},\"__proto__\":1");

    FreeForm.Obj parameters = (FreeForm.Obj) task.parameters();
    assertEquals(6, parameters.members().size());
    assertEquals(256, parameters.members().get(5).name().length());
    assertEquals("$ref", parameters.members().get(1).name());
  }

  @Test
  void f26ShouldKeepTheFirstOfTwoEqualKeys() {
    TaskInfo task = Seen.taskWith("\"parameters\":{\"a\":1,\"a\":2}");

    assertEquals(
        new FreeForm.Obj(List.of(new FreeForm.Member("a", new FreeForm.Literal("1")))),
        task.parameters());
    assertEquals(1, task.omitted().fields());
  }

  @ParameterizedTest
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
  void f27ShouldKeepNumbersAsSpelled(String number) {
    assertEquals(
        new FreeForm.Literal(number), Seen.taskWith("\"parameters\":" + number).parameters());
  }

  @Test
  void f27ShouldBoundTheDigitsOfANumber() {
    assertEquals(
        new FreeForm.Literal("7".repeat(1_000)),
        Seen.taskWith("\"parameters\":" + "7".repeat(1_000)).parameters());

    TaskInfo task = Seen.taskWith("\"parameters\":" + "7".repeat(100_000));
    assertNull(task.parameters());
    assertEquals(1, task.omitted().fields());
  }

  @Test
  void f26ShouldCutALongText() {
    TaskInfo task = Seen.taskWith("\"parameters\":[\"" + "x".repeat(5_000) + "\"]");

    assertEquals(
        new FreeForm.Arr(List.of(new FreeForm.Text("x".repeat(4_095) + "…"))), task.parameters());
    assertEquals(1, task.omitted().fields());
  }

  @Test
  void f26ShouldBoundTheNumberOfValues() {
    TaskInfo task = Seen.taskWith("\"parameters\":[1" + ",1".repeat(1_199) + "]");

    assertEquals(999, ((FreeForm.Arr) task.parameters()).items().size());
    assertEquals(201, task.omitted().fields());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"%s\"", "7%s", "{\"%s\":{}}"})
  void f26ShouldBoundTheTextOfAllValuesTogether(String value) {
    String digits = "7".repeat(200);
    String item = value.replace("%s", digits);
    TaskInfo task = Seen.taskWith("\"parameters\":[" + item + ("," + item).repeat(119) + "]");

    assertTrue(task.omitted().fields() >= 38, () -> task.omitted().toString());
    assertTrue(task.omitted().fields() <= 39, () -> task.omitted().toString());
  }

  private static int depth(FreeForm value) {
    return switch (value) {
      case FreeForm.Obj object ->
          1 + object.members().stream().mapToInt(m -> depth(m.value())).max().orElse(0);
      case FreeForm.Arr array ->
          1 + array.items().stream().mapToInt(FreeFormCasesTest::depth).max().orElse(0);
      default -> 0;
    };
  }
}
