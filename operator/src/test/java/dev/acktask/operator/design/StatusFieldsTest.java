package dev.acktask.operator.design;

import static dev.acktask.operator.design.Mirrored.TASK_ID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.acktask.operator.alibaba.RecordedAnswer;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.task.TaskLookup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fields of a status: what each one holds, and when it is there. */
final class StatusFieldsTest {
  @Test
  void shouldSpeakOfTheGenerationThatWasLookedAt() {
    Mirrored task = Mirrored.saying("running").edited(Mirrored.SPEC).sees("running");
    assertEquals("2", task.status("/observedGeneration"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "success", "failed", "odd"})
  void shouldRepeatTheSucceededConditionInReasonAndMessage(String word) {
    Mirrored task = Mirrored.saying(word);
    assertEquals(task.condition("Succeeded").split("/", 2)[1], task.status("/reason"));
    assertEquals(task.message("Succeeded"), task.status("/message"));
  }

  @Test
  void shouldNameTheTaskThatWasRead() {
    assertEquals(TASK_ID, Mirrored.saying("running").status("/taskId"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "RUNNING", "success ", "etwas Neues"})
  void shouldKeepTheStateAsTheCloudSpellsIt(String word) {
    assertEquals(word, Mirrored.saying(word).status("/state"));
  }

  @Test
  void shouldBoundTheStateHoweverLongItIs() {
    assertTrue(Mirrored.saying("x".repeat(5_000)).status("/state").length() <= 256);
  }

  @ParameterizedTest
  @CsvSource({
    "task_type, /taskType",
    "current_stage, /currentStage",
    "created, /createdTime",
    "updated, /updatedTime"
  })
  void shouldTrimWhatIsMirrored(String field, String shown) {
    String task = "{\"task_id\": \"" + TASK_ID + "\", \"state\": \"running\", \"";
    TaskLookup answer = RecordedAnswer.ok(task + field + "\": \" as it is\\n\"}").readFor(TASK_ID);
    assertEquals("as it is", Mirrored.created().sees(answer).status(shown));
  }

  @Test
  void shouldShowClusterAndTarget() {
    Mirrored task =
        Mirrored.created()
            .sees("running", "\"target\": {\"id\": \"np1\\n\", \"type\": \"nodepool\"}");
    assertEquals("c1", task.status("/clusterId"));
    assertEquals("np1", task.status("/target/id"));
    assertEquals("nodepool", task.status("/target/type"));
  }

  @Test
  void shouldGiveTheStartInUtcWhenItCanBeRead() {
    Mirrored task =
        Mirrored.created().sees("running", "\"created\": \"2026-01-02T10:50:00+08:00\"");
    assertEquals("2026-01-02T02:50:00Z", task.status("/startTime"));
    assertEquals("2026-01-02T10:50:00+08:00", task.status("/createdTime"));
    assertFalse(
        Mirrored.created().sees("running", "\"created\": \"soon\"").status().has("startTime"));
  }

  @ParameterizedTest
  @CsvSource({
    "success, true",
    "failed, true",
    "canceled, true",
    "running, false",
    "paused, false",
    "odd, false"
  })
  void shouldHaveACompletionTimeExactlyWhenFinished(String word, boolean finished) {
    assertEquals(finished, Mirrored.saying(word).status().has("completionTime"));
  }

  @Test
  void shouldTakeTheCompletionFromTheCloudWhenItCanBeBelieved() {
    assertEquals("2026-01-02T02:00:00Z", completion("2026-01-02T02:00:00Z"));
    assertEquals("2026-01-02T03:00:00Z", completion("2026-01-02T09:00:00Z"), "in the future");
    assertEquals("2026-01-02T03:00:00Z", completion("yesterday"));
  }

  private static String completion(String updated) {
    return Mirrored.created()
        .sees("failed", "\"updated\": \"" + updated + "\"")
        .status("/completionTime");
  }

  @Test
  void shouldCountFinishedStagesOfKnownOnes() {
    String stages =
        "\"stages\": [{\"state\": \"success\"}, {\"state\": \"running\"}, {\"state\": \"fail\"}]";
    assertEquals("2/3", Mirrored.created().sees("running", stages).status("/progress"));
    assertFalse(Mirrored.saying("running").status().has("progress"));
    assertFalse(Mirrored.created().sees("running", "\"stages\": []").status().has("progress"));
  }

  @Test
  void shouldKeepTheTimesOfStagesRaw() {
    String stage =
        """
        "stages": [{"state": "success", "start_time": "2026-01-02 10:50:00",
          "end_time": "2026-01-02 10:51:00", "message": " checked ", "outputs": {"a": 1}}]
        """;
    JsonNode shown = Mirrored.created().sees("running", stage).status().at("/stages/0");
    assertEquals("2026-01-02 10:50:00", shown.get("startTime").asText());
    assertEquals("2026-01-02 10:51:00", shown.get("endTime").asText());
    assertEquals("checked", shown.get("message").asText());
    assertFalse(shown.has("outputs"), "on request only");
  }

  @Test
  void shouldGiveTheTimesOfEventsInUtcWhenTheyCanBeRead() {
    String events =
        """
        "events": [{"timestamp": 1669706229286, "level": "Normal", "action": "start",
          "reason": "R", "message": "m", "source": "ACK"}, {"timestamp": "odd", "message": "n"}]
        """;
    JsonNode shown = Mirrored.created().sees("running", events).status().get("events");
    assertEquals(List.of("odd", "2022-11-29T07:17:09.286Z"), shown.findValuesAsText("time"));
    assertEquals(
        "{\"time\":\"2022-11-29T07:17:09.286Z\",\"level\":\"Normal\",\"action\":\"start\","
            + "\"reason\":\"R\",\"message\":\"m\",\"source\":\"ACK\"}",
        shown.get(1).toString());
  }

  @Test
  void shouldShowResults() {
    String results = "\"task_result\": [{\"data\": \"i-1\", \"status\": \"success\"}]";
    assertEquals(
        "[{\"data\":\"i-1\",\"status\":\"success\"}]",
        Mirrored.created().sees("running", results).status().get("results").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "failed"})
  void shouldShowTheErrorAlsoWhileRunning(String word) {
    Mirrored task =
        Mirrored.created().sees(word, "\"error\": {\"code\": \"400\", \"message\": \"No.\"}");
    assertEquals("{\"code\":\"400\",\"message\":\"No.\"}", task.status().get("error").toString());
  }

  @Test
  void shouldShowParametersWhenIncludedOnly() {
    AckTaskSpec spec =
        new AckTaskSpec(TASK_ID, null, null, null, null, null, List.of("Parameters"), null);
    String parameters = "\"parameters\": {\"password\": \"x\", \"count\": 1}";
    assertEquals(
        "{\"password\":\"***\",\"count\":1}",
        new Mirrored(spec).sees("running", parameters).status("/parameters"));
    assertFalse(Mirrored.created().sees("running", parameters).status().has("parameters"));
  }

  @Test
  void shouldCountWhatIsLeftOut() {
    String stages = "\"stages\": [" + "{\"state\": \"success\"},".repeat(150) + "7]";
    Mirrored task = Mirrored.created().sees("failed", stages + ", \"created\": [1]");
    assertEquals("Failed", task.status("/phase"));
    assertEquals(51, task.status().at("/omitted/stages").asInt());
    assertEquals(1, task.status().at("/omitted/fields").asInt());
    assertFalse(Mirrored.saying("running").status().has("omitted"), "nothing is left out");
  }

  @Test
  void shouldAcknowledgeARefreshWhenItWasLookedFor() {
    Mirrored task = Mirrored.saying("running").refreshRequested("now").isVisited();
    assertFalse(task.status().has("lastHandledRefreshAt"));
    assertEquals("now", task.sees("running").status("/lastHandledRefreshAt"));
  }

  @Test
  void shouldNameTheRequestOfTheLastAnswerThatChangedTheStatus() {
    Mirrored task = Mirrored.saying("running");
    String first = task.status("/requestId");
    assertEquals(first, task.after(Duration.ofSeconds(15)).sees("running").status("/requestId"));
    assertNotEquals(first, task.after(Duration.ofSeconds(15)).sees("paused").status("/requestId"));
  }

  @Test
  void shouldReplaceMirroredListsAsAWhole() throws IOException {
    for (String list : List.of("stages", "events", "results")) {
      assertEquals("atomic", schema(list).path("x-kubernetes-list-type").asText("atomic"), list);
    }
  }

  @Test
  void shouldNotCheckTheFormatOfMirroredTimes() throws IOException {
    for (String field : List.of("createdTime", "updatedTime")) {
      assertFalse(schema(field).has("format"), field);
    }
    assertFalse(schema("stages").at("/items/properties/startTime").has("format"));
    assertFalse(schema("events").at("/items/properties/time").has("format"));
  }

  private static JsonNode schema(String field) throws IOException {
    return new ObjectMapper(new YAMLFactory())
        .readTree(Path.of("../crds/acktasks.acktask.dev.yaml").toFile())
        .at("/spec/versions/0/schema/openAPIV3Schema/properties/status/properties/" + field);
  }
}
