package dev.acktask.operator.decision;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.alibaba.RecordedAnswer;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.text.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The sample answer of the API document mirrors completely. */
final class SampleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TASK_ID = "T-5faa48fb31b6b8078d000006";

  /** Status path and value of each field of the sample. */
  private static final Map<String, List<String>> STATUS_FIELDS =
      Map.ofEntries(
          Map.entry("/task_id", List.of("/taskId", TASK_ID)),
          Map.entry("/cluster_id", List.of("/clusterId", "c78592bfe92244365b3c3ad47f1de****")),
          Map.entry("/task_type", List.of("/taskType", "cluster_scaleout")),
          Map.entry("/state", List.of("/state", "running")),
          Map.entry("/created", List.of("/createdTime", "2020-11-10T16:02:04+08:00")),
          Map.entry("/updated", List.of("/updatedTime", "2020-11-10T16:03:06+08:00")),
          Map.entry("/target/id", List.of("/target/id", "c78592bfe92244365b3c3ad47f1de****")),
          Map.entry("/target/type", List.of("/target/type", "cluster")),
          Map.entry("/parameters/test", List.of("/parameters", "{\"test\":\"***\",\"test2\":1}")),
          Map.entry("/parameters/test2", List.of("/parameters", "{\"test\":\"***\",\"test2\":1}")),
          Map.entry("/stages/0/state", List.of("/stages/0/state", "running")),
          Map.entry("/stages/0/start_time", List.of("/stages/0/startTime", "2022-12-15 23:00:00")),
          Map.entry("/stages/0/end_time", List.of("/stages/0/endTime", "2022-12-15 23:00:00")),
          Map.entry("/stages/0/message", List.of("/stages/0/message", "success to xxxxx")),
          Map.entry(
              "/stages/0/outputs/test",
              List.of("/stages/0/outputs", "{\"test\":\"***\",\"test2\":1}")),
          Map.entry(
              "/stages/0/outputs/test2",
              List.of("/stages/0/outputs", "{\"test\":\"***\",\"test2\":1}")),
          Map.entry("/current_stage", List.of("/currentStage", "DrainNodes")),
          Map.entry("/events/0/action", List.of("/events/0/action", "start")),
          Map.entry("/events/0/level", List.of("/events/0/level", "Normal")),
          Map.entry("/events/0/message", List.of("/events/0/message", "start to xxx")),
          Map.entry("/events/0/reason", List.of("/events/0/reason", "NodePoolUpgradeStart")),
          Map.entry("/events/0/source", List.of("/events/0/source", "ACK")),
          Map.entry("/events/0/timestamp", List.of("/events/0/time", "2022-11-29T07:17:09.286Z")),
          Map.entry("/task_result/0/data", List.of("/results/0/data", "i-xxx")),
          Map.entry("/task_result/0/status", List.of("/results/0/status", "success")),
          Map.entry("/error/code", List.of("/error/code", "400")),
          Map.entry("/error/message", List.of("/error/message", "failed to xxx")));

  private final JsonNode sample = sample();

  @Test
  void shouldMirrorEveryFieldOfTheSample() throws IOException {
    JsonNode status = status(List.of(AckTaskSpec.INCLUDE_PARAMETERS, AckTaskSpec.INCLUDE_OUTPUTS));
    Set<String> fields = new TreeSet<>();
    leaves("", sample, fields);
    assertEquals(
        fields, new TreeSet<>(STATUS_FIELDS.keySet()), "fields of the sample that are mirrored");
    STATUS_FIELDS.forEach(
        (field, place) ->
            assertEquals(place.get(1), status.at(place.get(0)).asText(), () -> field));
    assertFalse(status.has("omitted"), "nothing of the sample is omitted");
  }

  @Test
  void shouldMirrorParametersAndOutputsOnRequestOnly() throws IOException {
    JsonNode status = status(List.of());
    assertFalse(status.has("parameters"));
    assertFalse(status.at("/stages/0").has("outputs"));
    assertFalse(status.has("omitted"), "what was not requested does not count as omitted");
  }

  private JsonNode status(List<String> include) throws IOException {
    AckTaskSnapshot snapshot =
        AckTaskSnapshot.builder("uid", spec().taskId(TASK_ID).include(include).build()).build();
    PollSchedule schedule =
        new PollSchedule(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofMinutes(5));
    Decision decision =
        new TaskEvaluator(schedule, Redaction.BUILT_IN)
            .evaluate(
                snapshot,
                new Observed(RecordedAnswer.ok(sample.toString()).readFor(TASK_ID), null, null),
                Instant.parse("2026-01-02T03:04:05Z"));
    return JSON.readTree(JSON.writeValueAsString(decision.status()));
  }

  private static void leaves(String path, JsonNode node, Set<String> found) {
    if (node.isObject()) {
      node.properties().forEach(p -> leaves(path + "/" + p.getKey(), p.getValue(), found));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        leaves(path + "/" + i, node.get(i), found);
      }
    } else {
      found.add(path);
    }
  }

  private static JsonNode sample() {
    try {
      return JSON.readTree(
              Path.of("src/test/resources/scenarios/sample-of-the-api-document/in-lookup.json")
                  .toFile())
          .get("body");
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }
}
