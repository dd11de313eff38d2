package dev.acktask.operator.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.FreeForm;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskInfo.Event;
import dev.acktask.operator.task.TaskInfo.Problem;
import dev.acktask.operator.task.TaskInfo.Result;
import dev.acktask.operator.task.TaskInfo.Stage;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import dev.acktask.operator.task.TaskState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B1, F22 to F36: no detail, however odd, costs the verdict. */
final class DetailCasesTest {
  @ParameterizedTest
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
  void f22ShouldKeepTheVerdictWhenAListIsOdd(String json, int dropped) {
    for (String name : List.of("stages", "events", "task_result")) {
      TaskInfo task = Seen.taskWith("\"" + name + "\":" + json);

      TaskInfo.Omitted omitted = task.omitted();
      assertEquals("failed", task.state());
      assertEquals(dropped, omitted.stages() + omitted.events() + omitted.results(), name);
      assertEquals(0, omitted.fields(), name);
    }
  }

  @Test
  void f22ShouldDropOnlyTheOddPartOfAnEntry() {
    TaskInfo task =
        Seen.taskWith(
            "\"stages\":[{\"state\":{\"a\":1},\"message\":\"m\"},null,{\"state\":\"success\"}]");

    assertEquals(
        List.of(
            new Stage(null, null, null, "m", null), new Stage("success", null, null, null, null)),
        task.stages());
    assertEquals(1, task.omitted().stages());
    assertEquals(1, task.omitted().fields());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"a\":1}", "\"x\"", "1"})
  void f22ShouldDropATargetThatIsNone(String json) {
    TaskInfo task = Seen.taskWith("\"target\":" + json);

    assertNull(task.target());
    assertEquals(json.startsWith("{") ? 0 : 1, task.omitted().fields());
  }

  @Test
  void f23ShouldKeepTheFirstThousandStages() {
    TaskInfo task = Seen.taskWith("\"stages\":" + list(10_000, i -> "{\"message\":\"" + i + "\"}"));

    assertEquals(1_000, task.stages().size());
    assertEquals("999", task.stages().get(999).message());
    assertEquals(9_000, task.omitted().stages());
  }

  @Test
  void f23ShouldKeepTheNewestThousandEventsInTheOrderOfTheAnswer() {
    // Newest first, as some lists of this cloud come.
    TaskInfo task =
        Seen.taskWith(
            "\"events\":" + list(60_000, i -> "{\"timestamp\":\"" + (1669706229286L - i) + "\"}"));

    assertEquals(1_000, task.events().size());
    assertEquals("1669706229286", task.events().get(0).timestamp());
    assertEquals("1669706228287", task.events().get(999).timestamp());
    assertEquals(59_000, task.omitted().events());
  }

  @Test
  void f23ShouldKeepTheLastThousandEventsWhenNoTimeIsReadable() {
    TaskInfo task =
        Seen.taskWith(
            "\"events\":" + list(5_000, i -> "{\"timestamp\":\"?\",\"action\":" + i + "}"));

    assertEquals("4000", task.events().get(0).action());
    assertEquals("4999", task.events().get(999).action());
  }

  @Test
  void f23ShouldKeepFailedResultsBeforeAllOthers() {
    TaskInfo task =
        Seen.taskWith(
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
  void f23ShouldKeepTheFirstThousandResultsWhenAllFailed() {
    TaskInfo task =
        Seen.taskWith(
            "\"task_result\":" + list(2_000, i -> "{\"data\":" + i + ",\"status\":\"failed\"}"));

    assertEquals("999", task.results().get(999).data());
  }

  @Test
  void f24ShouldKeepDuplicatesAndOrder() {
    TaskInfo task = Seen.taskWith("\"events\":[{\"action\":\"a\"},{\"action\":\"a\"}]");

    Event event = new Event(null, null, "a", null, null, null);
    assertEquals(List.of(event, event), task.events());
  }

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
  void f28ShouldKeepOddCharactersAsSent() {
    TaskInfo task =
        Seen.taskWith("\"current_stage\":\"\\u0000\\u001b\\r\\n\\u202e\\ud800 é e\u0301 😀\"");

    assertEquals("\0\u001b\r\n\u202e\ud800 é e\u0301 😀", task.currentStage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xc0, 0xe2, 0xf0, 0xff})
  void f28ShouldKeepTheVerdictWhenAMessageIsNotUtf8(int bad) {
    byte[] body =
        SampleTask.minimal("failed", "\"current_stage\":\"a~\"").getBytes(StandardCharsets.UTF_8);
    body[new String(body, StandardCharsets.US_ASCII).indexOf('~')] = (byte) bad;
    TaskInfo task = Seen.task(Answer.of(200, body).read());

    assertEquals("failed", task.state());
    assertEquals("a\ufffd", task.currentStage());
  }

  @Test
  void f28ShouldNotReadAMangledSuccessAsSuccess() {
    byte[] body = SampleTask.minimal("success~", "").getBytes(StandardCharsets.UTF_8);
    body[new String(body, StandardCharsets.US_ASCII).indexOf('~')] = (byte) 0xff;

    assertEquals("success\ufffd", Seen.task(Answer.of(200, body).read()).state());
  }

  @Test
  void f29ShouldHoldWhenTheBodyIsTooLarge() {
    String body = SampleTask.minimal("success", "\"x\":\"" + "x".repeat(Answer.MAX_BYTES) + "\"");

    Seen.unavailable(Failure.RESPONSE_TOO_LARGE, Answer.of(200, body).read());
  }

  @Test
  void f29ShouldReadABodyOfExactlyTheLimit() {
    String frame = SampleTask.minimal("failed", "\"x\":\"\"");
    String body =
        SampleTask.minimal(
            "failed", "\"x\":\"" + "x".repeat(Answer.MAX_BYTES - frame.length()) + "\"");

    assertEquals(Answer.MAX_BYTES, body.length());
    Seen.state(TaskState.FAILED, body);
  }

  @Test
  void f29ShouldGoByTheStatusWhenAnErrorPageIsTooLarge() {
    Seen.unavailable(
        Failure.API_UNAVAILABLE, Answer.of(503, "x".repeat(Answer.MAX_BYTES + 1)).read());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "deflate", "identity, gzip", ""})
  void f29ShouldHoldWhenTheBodyIsEncoded(String encoding) {
    Seen.unavailable(
        Failure.RESPONSE_INVALID,
        Answer.of(200, SampleTask.inState("success")).header("content-encoding", encoding).read());
  }

  @Test
  void f29ShouldReadABodyThatSaysItIsNotEncoded() {
    Seen.task(Answer.of(200, SampleTask.OFFICIAL).header("content-encoding", "Identity").read());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"2020-11-10T16:02:04+08:00\" | 2020-11-10T16:02:04+08:00",
        "\"2022-12-15 23:00:00\" | 2022-12-15 23:00:00",
        "1669706229286 | 1669706229286",
        "1669706229 | 1669706229",
        "\"0001-01-01T00:00:00Z\" | 0001-01-01T00:00:00Z",
        "\"2021-02-30T00:00:00Z\" | 2021-02-30T00:00:00Z",
        "\"2016-12-31T23:59:60Z\" | 2016-12-31T23:59:60Z",
        "\"\" | ''",
        "null |"
      })
  void f30ShouldKeepTimesRaw(String json, String raw) {
    TaskInfo task =
        Seen.taskWith(
            "\"created\":" + json + ",\"events\":[{\"action\":\"a\",\"timestamp\":" + json + "}]");

    assertEquals(raw, task.created());
    assertEquals(raw, task.events().get(0).timestamp());
  }

  @Test
  void f31ShouldKeepTimesThatContradictEachOther() {
    TaskInfo task =
        Seen.taskWith(
            "\"created\":\"2999-01-01T00:00:00Z\",\"updated\":\"1999-01-01T00:00:00Z\","
                + "\"stages\":[{\"start_time\":\"2022-12-15 23:00:00\","
                + "\"end_time\":\"2001-12-15 23:00:00\"}]");

    assertEquals("2999-01-01T00:00:00Z", task.created());
    assertEquals("2001-12-15 23:00:00", task.stages().get(0).endTime());
  }

  @Test
  void f32ShouldKeepTheNewlineOfTheTargetForTheMirrorToTrim() {
    assertEquals(
        "c78592bfe92244365b3c3ad47f1de****\n", Seen.task(SampleTask.OFFICIAL).target().id());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"code\":400,\"message\":\"m\"} | 400 | m",
        "{\"code\":\"E\",\"message\":null} | E |",
        "{\"code\":null,\"message\":\"m\"} | | m",
        "{\"code\":true,\"message\":1.50} | true | 1.50",
        "\"boom\" | | boom"
      })
  void f33ShouldTakeTheErrorInAnyForm(String json, String code, String message) {
    assertEquals(new Problem(code, message), Seen.taskWith("\"error\":" + json).error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "true", "[{\"code\":\"x\"}]"})
  void f33ShouldDropAnErrorThatIsNone(String json) {
    TaskInfo task = Seen.taskWith("\"error\":" + json);

    assertNull(task.error());
    assertEquals(1, task.omitted().fields());
  }

  @Test
  void f34ShouldNotQuoteTheCloudInItsOwnMessages() {
    String canary = "password=CANARY, Bearer CANARY, LTAI5tCANARY";
    for (int status : new int[] {200, 302, 400, 401, 403, 404, 429, 500, 503}) {
      for (String code :
          List.of("StatusForbidden", "Throttling", "CANARY CANARY", "InvalidAccessKeyId")) {
        String body = "{\"code\":\"%s\",\"message\":\"%s\"}".formatted(code, canary);
        TaskLookup lookup = Answer.of(status, body).header("x-acs-request-id", canary).read();

        assertFalse(lookup.toString().contains("CANARY"), lookup.toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s %n %99999d", "${jndi:ldap://x}", "{{ .Values }}", "{} {}"})
  void f35ShouldTakeTemplatesAsText(String text) {
    assertEquals(text, Seen.taskWith("\"current_stage\":\"" + text + "\"").currentStage());
  }

  @Test
  void f35ShouldCutALongMessage() {
    TaskInfo task = Seen.taskWith("\"error\":{\"message\":\"" + "😀".repeat(300_000) + "\"}");

    String message = task.error().message();
    assertTrue(message.length() <= 4_096 && message.length() >= 4_095);
    assertTrue(message.endsWith("😀…"));
    assertEquals(1, task.omitted().fields());
  }

  @Test
  void f36ShouldMapTheCodeToAFixedReason() {
    TaskLookup lookup = Answer.of(400, "{\"code\":\"Throttling.User\"}").read();

    assertEquals(TaskLookup.Throttled.class, lookup.getClass());
  }

  private static int depth(FreeForm value) {
    return switch (value) {
      case FreeForm.Obj object ->
          1 + object.members().stream().mapToInt(m -> depth(m.value())).max().orElse(0);
      case FreeForm.Arr array ->
          1 + array.items().stream().mapToInt(DetailCasesTest::depth).max().orElse(0);
      default -> 0;
    };
  }

  private static String list(int size, java.util.function.IntFunction<String> item) {
    return IntStream.range(0, size).mapToObj(item).collect(Collectors.joining(",", "[", "]"));
  }
}
