package dev.acktask.operator.decision;

import static dev.acktask.operator.api.v1alpha1.AckTasks.TASK_ID;
import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
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

/** Content and presence of each status field. */
final class StatusFieldsTest {
  @Test
  void shouldNameTheObservedGeneration() {
    MirroredTask task =
        MirroredTask.observing("running").edited(MirroredTask.SPEC).observes("running");
    assertEquals("2", task.status("/observedGeneration"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "success", "failed", "odd"})
  void shouldRepeatTheSucceededConditionInReasonAndMessage(String state) {
    MirroredTask task = MirroredTask.observing(state);
    assertEquals(task.condition("Succeeded").split("/", 2)[1], task.status("/reason"));
    assertEquals(task.message("Succeeded"), task.status("/message"));
  }

  @Test
  void shouldNameTheTaskThatWasPolled() {
    assertEquals(TASK_ID, MirroredTask.observing("running").status("/taskId"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "RUNNING", "success ", "etwas Neues"})
  void shouldKeepTheStateAsTheCloudSpellsIt(String state) {
    assertEquals(state, MirroredTask.observing(state).status("/state"));
  }

  @Test
  void shouldBoundTheStateHoweverLongItIs() {
    assertTrue(MirroredTask.observing("x".repeat(5_000)).status("/state").length() <= 256);
  }

  @ParameterizedTest
  @CsvSource({
    "task_type, /taskType",
    "current_stage, /currentStage",
    "created, /createdTime",
    "updated, /updatedTime"
  })
  void shouldTrimMirroredText(String field, String statusField) {
    String task = "{\"task_id\": \"" + TASK_ID + "\", \"state\": \"running\", \"";
    TaskLookup answer = RecordedAnswer.ok(task + field + "\": \" as it is\\n\"}").readFor(TASK_ID);
    assertEquals("as it is", MirroredTask.created().observes(answer).status(statusField));
  }

  @Test
  void shouldMirrorClusterAndTarget() {
    MirroredTask task =
        MirroredTask.created()
            .observes("running", "\"target\": {\"id\": \"np1\\n\", \"type\": \"nodepool\"}");
    assertEquals("c1", task.status("/clusterId"));
    assertEquals("np1", task.status("/target/id"));
    assertEquals("nodepool", task.status("/target/type"));
  }

  @Test
  void shouldGiveTheStartInUtcWhenItCanBeRead() {
    MirroredTask task =
        MirroredTask.created().observes("running", "\"created\": \"2026-01-02T10:50:00+08:00\"");
    assertEquals("2026-01-02T02:50:00Z", task.status("/startTime"));
    assertEquals("2026-01-02T10:50:00+08:00", task.status("/createdTime"));
    assertFalse(
        MirroredTask.created()
            .observes("running", "\"created\": \"soon\"")
            .status()
            .has("startTime"));
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
  void shouldHaveACompletionTimeExactlyWhenFinished(String state, boolean finished) {
    assertEquals(finished, MirroredTask.observing(state).status().has("completionTime"));
  }

  @Test
  void shouldTakeTheCompletionFromTheCloudWhenItIsPlausible() {
    assertEquals("2026-01-02T02:00:00Z", completion("2026-01-02T02:00:00Z"));
    assertEquals("2026-01-02T03:00:00Z", completion("2026-01-02T09:00:00Z"), "in the future");
    assertEquals("2026-01-02T03:00:00Z", completion("yesterday"));
  }

  @Test
  void shouldNotTakeACompletionBeforeTheStart() {
    String created = "\"created\": \"2026-01-02T02:30:00Z\"";
    assertEquals("2026-01-02T03:00:00Z", completionWith(created), "no time of the last change");
    String earlier = created + ", \"updated\": \"2026-01-02T02:29:59Z\"";
    assertEquals("2026-01-02T03:00:00Z", completionWith(earlier));
    String atOnce = created + ", \"updated\": \"2026-01-02T02:30:00Z\"";
    assertEquals("2026-01-02T02:30:00Z", completionWith(atOnce));
  }

  private static String completion(String updated) {
    return completionWith("\"updated\": \"" + updated + "\"");
  }

  private static String completionWith(String fields) {
    return MirroredTask.created().observes("failed", fields).status("/completionTime");
  }

  @Test
  void shouldCountFinishedStagesOfKnownOnes() {
    String stages =
        "\"stages\": [{\"state\": \"success\"}, {\"state\": \"running\"}, {\"state\": \"fail\"}]";
    assertEquals("2/3", MirroredTask.created().observes("running", stages).status("/progress"));
    assertFalse(MirroredTask.observing("running").status().has("progress"));
    assertFalse(
        MirroredTask.created().observes("running", "\"stages\": []").status().has("progress"));
  }

  @Test
  void shouldKeepTheTimesOfStagesRaw() {
    String stage =
        """
        "stages": [{"state": "success", "start_time": "2026-01-02 10:50:00",
          "end_time": "2026-01-02 10:51:00", "message": " checked ", "outputs": {"a": 1}}]
        """;
    JsonNode actual = MirroredTask.created().observes("running", stage).status().at("/stages/0");
    assertEquals("2026-01-02 10:50:00", actual.get("startTime").asText());
    assertEquals("2026-01-02 10:51:00", actual.get("endTime").asText());
    assertEquals("checked", actual.get("message").asText());
    assertFalse(actual.has("outputs"), "on request only");
  }

  @Test
  void shouldGiveTheTimesOfEventsInUtcWhenTheyCanBeRead() {
    String events =
        """
        "events": [{"timestamp": 1669706229286, "level": "Normal", "action": "start",
          "reason": "R", "message": "m", "source": "ACK"}, {"timestamp": "odd", "message": "n"}]
        """;
    JsonNode actual = MirroredTask.created().observes("running", events).status().get("events");
    assertEquals(List.of("odd", "2022-11-29T07:17:09.286Z"), actual.findValuesAsText("time"));
    assertEquals(
        "{\"time\":\"2022-11-29T07:17:09.286Z\",\"level\":\"Normal\",\"action\":\"start\","
            + "\"reason\":\"R\",\"message\":\"m\",\"source\":\"ACK\"}",
        actual.get(1).toString());
  }

  @Test
  void shouldMirrorResults() {
    String results = "\"task_result\": [{\"data\": \"i-1\", \"status\": \"success\"}]";
    assertEquals(
        "[{\"data\":\"i-1\",\"status\":\"success\"}]",
        MirroredTask.created().observes("running", results).status().get("results").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"running", "failed"})
  void shouldMirrorTheErrorAlsoWhileRunning(String state) {
    MirroredTask task =
        MirroredTask.created()
            .observes(state, "\"error\": {\"code\": \"400\", \"message\": \"No.\"}");
    assertEquals("{\"code\":\"400\",\"message\":\"No.\"}", task.status().get("error").toString());
  }

  @Test
  void shouldMirrorParametersWhenIncludedOnly() {
    AckTaskSpec spec = spec().include(List.of("Parameters")).build();
    String parameters = "\"parameters\": {\"password\": \"x\", \"count\": 1}";
    assertEquals(
        "{\"password\":\"***\",\"count\":1}",
        new MirroredTask(spec).observes("running", parameters).status("/parameters"));
    assertFalse(MirroredTask.created().observes("running", parameters).status().has("parameters"));
  }

  @Test
  void shouldCountOmittedData() {
    String stages = "\"stages\": [" + "{\"state\": \"success\"},".repeat(150) + "7]";
    MirroredTask task = MirroredTask.created().observes("failed", stages + ", \"created\": [1]");
    assertEquals("Failed", task.status("/phase"));
    assertEquals(51, task.status().at("/omitted/stages").asInt());
    assertEquals(1, task.status().at("/omitted/fields").asInt());
    assertFalse(MirroredTask.observing("running").status().has("omitted"), "nothing is omitted");
  }

  @Test
  void shouldAcknowledgeARefreshWhenAPollAnsweredIt() {
    MirroredTask task = MirroredTask.observing("running").refreshRequested("now").reconciled();
    assertFalse(task.status().has("lastHandledRefreshAt"));
    assertEquals("now", task.observes("running").status("/lastHandledRefreshAt"));
  }

  @Test
  void shouldNameTheRequestOfTheLastAnswerThatChangedTheStatus() {
    MirroredTask task = MirroredTask.observing("running");
    String first = task.status("/requestId");
    assertEquals(
        first, task.after(Duration.ofSeconds(15)).observes("running").status("/requestId"));
    assertNotEquals(
        first, task.after(Duration.ofSeconds(15)).observes("paused").status("/requestId"));
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
