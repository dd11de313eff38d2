package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskInfo.Event;
import dev.acktask.operator.task.TaskInfo.Result;
import dev.acktask.operator.task.TaskInfo.Stage;
import dev.acktask.operator.text.JsonValue;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B1, F22 to F24: no malformed or long list loses the verdict. */
final class TaskResponseReaderListTest {
  @ParameterizedTest
  @Tag("F22")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 1",
        "{\"a\":[1,2]} | 1",
        "'\"text\"' | 1",
        "7 | 1",
        "true | 1",
        "null | 0",
        "[null] | 1",
        "[1] | 1",
        "[1,null,\"a\",[],[[{}]]] | 5",
        "[{}] | 1",
        "[] | 0"
      })
  void shouldKeepTheVerdictWhenAListIsMalformed(String json, int dropped) {
    for (String name : List.of("stages", "events", "task_result")) {
      TaskInfo task = LookupAssertions.taskWith("\"" + name + "\":" + json);

      TaskInfo.Omitted omitted = task.omitted();
      assertEquals("failed", task.state());
      assertEquals(dropped, omitted.stages() + omitted.events() + omitted.results(), name);
      assertEquals(0, omitted.fields(), name);
    }
  }

  @Test
  @Tag("F22")
  void shouldDropOnlyTheMalformedPartOfAnEntry() {
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"stages\":[{\"state\":{\"a\":1},\"message\":\"m\"},null,{\"state\":\"success\"}]");

    assertEquals(
        List.of(
            new Stage(null, null, null, "m", null), new Stage("success", null, null, null, null)),
        task.stages());
    assertEquals(1, task.omitted().stages());
    assertEquals(1, task.omitted().fields());
  }

  @ParameterizedTest
  @Tag("F22")
  @ValueSource(strings = {"[]", "{\"a\":1}", "\"x\"", "1"})
  void shouldDropATargetOfTheWrongType(String json) {
    TaskInfo task = LookupAssertions.taskWith("\"target\":" + json);

    assertNull(task.target());
    assertEquals(json.startsWith("{") ? 0 : 1, task.omitted().fields());
  }

  @Test
  @Tag("F23")
  void shouldKeepTheFirstThousandStages() {
    TaskInfo task =
        LookupAssertions.taskWith("\"stages\":" + list(10_000, i -> "{\"message\":\"" + i + "\"}"));

    assertEquals(1_000, task.stages().size());
    assertEquals("999", task.stages().get(999).message());
    assertEquals(9_000, task.omitted().stages());
  }

  @Test
  @Tag("F23")
  void shouldKeepTheNewestThousandEventsInTheOrderOfTheAnswer() {
    // Some lists of this API are sorted by descending time.
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"events\":" + list(60_000, i -> "{\"timestamp\":\"" + (1669706229286L - i) + "\"}"));

    assertEquals(1_000, task.events().size());
    assertEquals("1669706229286", task.events().get(0).timestamp());
    assertEquals("1669706228287", task.events().get(999).timestamp());
    assertEquals(59_000, task.omitted().events());
  }

  @Test
  @Tag("F23")
  void shouldKeepTheLastThousandEventsWhenNoTimeIsReadable() {
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"events\":" + list(5_000, i -> "{\"timestamp\":\"?\",\"action\":" + i + "}"));

    assertEquals("4000", task.events().get(0).action());
    assertEquals("4999", task.events().get(999).action());
  }

  @Test
  @Tag("F23")
  void shouldKeepTheNewestEventsWhenSomeTimesAreInSeconds() {
    String older = list(1_499, i -> "{\"timestamp\":" + (1669706228000L + i / 2) + "}");
    TaskInfo task =
        LookupAssertions.taskWith("\"events\":[{\"timestamp\":1669706229}," + older.substring(1));

    assertEquals(1_000, task.events().size());
    assertEquals("1669706229", task.events().get(0).timestamp());
    assertEquals(500, task.omitted().events());
  }

  @Test
  @Tag("F23")
  void shouldKeepAFailedResultBehindManyWithoutAStatus() {
    String withoutStatus = list(1_000, i -> "{\"data\":" + i + "}");
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"task_result\":"
                + withoutStatus.replace("]", ",{\"data\":\"i\",\"status\":\"failed\"}]"));

    assertEquals(new Result("i", "failed"), task.results().get(999));
  }

  @Test
  @Tag("F7")
  void shouldKeepTheFirstOfTwoOutputs() {
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"stages\":[{\"outputs\":1,\"outputs\":{\"state\":\"failed\"}}]");

    Stage stage = new Stage(null, null, null, null, new JsonValue.Literal("1"));
    assertEquals(List.of(stage), task.stages());
    assertEquals(1, task.omitted().fields());
  }

  @Test
  @Tag("F22")
  void shouldIgnoreFieldsInsideAnUnknownPart() {
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"stages\":[{\"state\":\"running\",\"x\":{\"state\":\"failed\"}}]");

    assertEquals(List.of(new Stage("running", null, null, null, null)), task.stages());
    assertEquals(0, task.omitted().fields());
  }

  @Test
  @Tag("F23")
  void shouldKeepFailedResultsBeforeAllOthers() {
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"task_result\":"
                + list(
                    50_000,
                    i ->
                        "{\"data\":"
                            + i
                            + ",\"status\":\""
                            + (i == 49_999 ? "fail" : "success")
                            + "\"}"));

    assertEquals(1_000, task.results().size());
    assertEquals(new Result("0", "success"), task.results().get(0));
    assertEquals(new Result("49999", "fail"), task.results().get(999));
    assertEquals(49_000, task.omitted().results());
  }

  @Test
  @Tag("F23")
  void shouldKeepTheFirstThousandResultsWhenAllFailed() {
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"task_result\":" + list(2_000, i -> "{\"data\":" + i + ",\"status\":\"failed\"}"));

    assertEquals("999", task.results().get(999).data());
  }

  @Test
  @Tag("F24")
  void shouldKeepDuplicatesAndOrder() {
    TaskInfo task = LookupAssertions.taskWith("\"events\":[{\"action\":\"a\"},{\"action\":\"a\"}]");

    Event event = new Event(null, null, "a", null, null, null);
    assertEquals(List.of(event, event), task.events());
  }

  private static String list(int size, IntFunction<String> item) {
    return IntStream.range(0, size).mapToObj(item).collect(Collectors.joining(",", "[", "]"));
  }
}
