package dev.acktask.operator.alibaba.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.Answer;
import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.alibaba.SampleTask;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskInfo.Problem;
import dev.acktask.operator.task.TaskLookup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault catalogue B1, F28 and F30 to F36: texts, times and errors as sent. */
final class TaskResponseReaderTextTest {
  @Test
  @Tag("F28")
  void shouldKeepUnusualCharactersAsSent() {
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"current_stage\":\"\\u0000\\u001b\\r\\n\\u202e\\ud800 é e\u0301 😀\"");

    assertEquals("\0\u001b\r\n\u202e\ud800 é e\u0301 😀", task.currentStage());
  }

  @ParameterizedTest
  @Tag("F28")
  @ValueSource(ints = {0x80, 0xc0, 0xe2, 0xf0, 0xff})
  void shouldKeepTheVerdictWhenAMessageIsNotUtf8(int bad) {
    byte[] body =
        SampleTask.minimal("failed", "\"current_stage\":\"a~\"").getBytes(StandardCharsets.UTF_8);
    body[new String(body, StandardCharsets.US_ASCII).indexOf('~')] = (byte) bad;
    TaskInfo task = LookupAssertions.task(Answer.of(200, body).read());

    assertEquals("failed", task.state());
    assertEquals("a\ufffd", task.currentStage());
  }

  @Test
  @Tag("F28")
  void shouldNotReadAMangledSuccessAsSuccess() {
    byte[] body = SampleTask.minimal("success~", "").getBytes(StandardCharsets.UTF_8);
    body[new String(body, StandardCharsets.US_ASCII).indexOf('~')] = (byte) 0xff;

    assertEquals("success\ufffd", LookupAssertions.task(Answer.of(200, body).read()).state());
  }

  @ParameterizedTest
  @Tag("F30")
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
  void shouldKeepTimesRaw(String json, String raw) {
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"created\":" + json + ",\"events\":[{\"action\":\"a\",\"timestamp\":" + json + "}]");

    assertEquals(raw, task.created());
    assertEquals(raw, task.events().get(0).timestamp());
  }

  @Test
  @Tag("F31")
  void shouldKeepTimesThatContradictEachOther() {
    TaskInfo task =
        LookupAssertions.taskWith(
            "\"created\":\"2999-01-01T00:00:00Z\",\"updated\":\"1999-01-01T00:00:00Z\","
                + "\"stages\":[{\"start_time\":\"2022-12-15 23:00:00\","
                + "\"end_time\":\"2001-12-15 23:00:00\"}]");

    assertEquals("2999-01-01T00:00:00Z", task.created());
    assertEquals("2001-12-15 23:00:00", task.stages().get(0).endTime());
  }

  @Test
  @Tag("F32")
  void shouldKeepTheNewlineOfTheTargetId() {
    assertEquals(
        "c78592bfe92244365b3c3ad47f1de****\n",
        LookupAssertions.task(SampleTask.OFFICIAL).target().id());
  }

  @ParameterizedTest
  @Tag("F33")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"code\":400,\"message\":\"m\"} | 400 | m",
        "{\"code\":\"E\",\"message\":null} | E |",
        "{\"code\":null,\"message\":\"m\"} | | m",
        "{\"code\":true,\"message\":1.50} | true | 1.50",
        "\"boom\" | | boom"
      })
  void shouldReadTheErrorInAnyForm(String json, String code, String message) {
    assertEquals(
        new Problem(code, message), LookupAssertions.taskWith("\"error\":" + json).error());
  }

  @ParameterizedTest
  @Tag("F33")
  @ValueSource(strings = {"[]", "1", "true", "[{\"code\":\"x\"}]"})
  void shouldDropAnErrorOfTheWrongType(String json) {
    TaskInfo task = LookupAssertions.taskWith("\"error\":" + json);

    assertNull(task.error());
    assertEquals(1, task.omitted().fields());
  }

  @Test
  @Tag("F34")
  void shouldNotQuoteTheCloudInMessages() {
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
  @Tag("F35")
  @ValueSource(strings = {"%s %n %99999d", "${jndi:ldap://x}", "{{ .Values }}", "{} {}"})
  void shouldKeepTemplatesAsText(String text) {
    assertEquals(
        text, LookupAssertions.taskWith("\"current_stage\":\"" + text + "\"").currentStage());
  }

  @Test
  @Tag("F35")
  void shouldCutALongMessage() {
    TaskInfo task =
        LookupAssertions.taskWith("\"error\":{\"message\":\"" + "😀".repeat(300_000) + "\"}");

    String message = task.error().message();
    assertTrue(message.length() <= 4_096 && message.length() >= 4_095);
    assertTrue(message.endsWith("😀…"));
    assertEquals(1, task.omitted().fields());
  }

  @Test
  @Tag("F35")
  void shouldKeepAMessageOfExactlyTheLimit() {
    TaskInfo task =
        LookupAssertions.taskWith("\"error\":{\"message\":\"" + "x".repeat(4_096) + "\"}");

    assertEquals("x".repeat(4_096), task.error().message());
    assertEquals(0, task.omitted().fields());
  }

  @Test
  @Tag("F36")
  void shouldMapTheCodeToAFixedReason() {
    TaskLookup lookup = Answer.of(400, "{\"code\":\"Throttling.User\"}").read();

    assertEquals(TaskLookup.Throttled.class, lookup.getClass());
  }
}
