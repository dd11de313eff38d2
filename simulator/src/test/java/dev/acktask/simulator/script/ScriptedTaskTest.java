package dev.acktask.simulator.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A script at points in time, and the JSON that it is served as. */
class ScriptedTaskTest {
  private static final Instant LAUNCH = Instant.parse("2026-01-02T03:04:05Z");
  private static final String SCRIPT =
      """
      taskId: T-000000000000000000000a01
      clusterId: c00000000000000000000000000000001
      taskType: cluster_scaleout
      target: {id: "c00000000000000000000000000000001\\n", type: cluster}
      parameters: {test: test, test2: 1, none: null}
      timeline:
        - at: 0s
          state: running
          startStage: {name: DrainNodes, message: start}
          events: [{action: start, reason: NodePoolUpgradeStart, message: start to drain}]
        - at: 10m
          finishStage: {name: DrainNodes, message: drained, outputs: {nodes: 2}}
          currentStage: Waiting
          results: [{data: i-sim, status: success}, {data: i-raw}]
        - at: 20m
          state: failed
          error: {code: "400", message: failed to upgrade}
      faults:
        - {call: 2, kind: unavailable}
        - {at: 12m, for: 1m, kind: reset}
      """;

  private static ScriptedTask task(double speed) {
    return new ScriptedTask(ScriptParser.parse("x.yaml", SCRIPT), speed, LAUNCH);
  }

  private static JsonNode wire(ScriptedTask task, Instant now) throws IOException {
    return new ObjectMapper().readTree(TaskJson.info(task.viewAt(now)));
  }

  @Test
  void shouldStartItsClockAtFirstReadOrLaunchWhenScripted() {
    Instant read = LAUNCH.plus(Duration.ofDays(1));
    assertEquals(read, task(1).viewAt(read).created());
    TaskScript eager = ScriptParser.parse("x.yaml", SCRIPT + "start: launch\n");
    assertEquals(LAUNCH, new ScriptedTask(eager, 1, LAUNCH).viewAt(read).created());
  }

  @Test
  void shouldHaveStartedInThePast() {
    Instant past = LAUNCH.minus(Duration.ofHours(1));
    TaskScript script = ScriptParser.parse("x.yaml", SCRIPT);
    TaskView view = ScriptedTask.startedAt(script, 1, past).viewAt(LAUNCH);
    assertEquals(past, view.created());
    assertEquals("failed", view.state());
    assertEquals(past.plus(Duration.ofMinutes(20)), view.stateSince());
  }

  @Test
  void shouldShowEachStepOnceItIsDue() {
    ScriptedTask task = task(1);
    Instant start = task.viewAt(LAUNCH).created();
    assertEquals("running", task.viewAt(start.plus(Duration.ofMinutes(19))).state());
    assertEquals(start, task.viewAt(start.plus(Duration.ofMinutes(19))).stateSince());
    assertEquals("failed", task.viewAt(start.plus(Duration.ofMinutes(20))).state());
    assertEquals("running", task.viewAt(start.plus(Duration.ofMinutes(1))).state());
  }

  @Test
  void shouldUseTheThreeTimeFormatsWhenRendered() throws IOException {
    // given
    ScriptedTask task = task(1);
    wire(task, LAUNCH);

    // when
    JsonNode body = wire(task, LAUNCH.plus(Duration.ofMinutes(10)));

    // then
    assertEquals("2026-01-02T11:04:05+08:00", body.get("created").asText());
    assertEquals("2026-01-02T11:14:05+08:00", body.get("updated").asText());
    assertEquals("2026-01-02 11:04:05", body.get("stages").get(0).get("start_time").asText());
    assertEquals("2026-01-02 11:14:05", body.get("stages").get(0).get("end_time").asText());
    JsonNode timestamp = body.get("events").get(0).get("timestamp");
    assertTrue(timestamp.isTextual());
    assertEquals(String.valueOf(LAUNCH.toEpochMilli()), timestamp.asText());
  }

  @Test
  void shouldHaveTheFieldsOfTheSampleWhenRendered() throws IOException {
    ScriptedTask task = task(1);
    task.viewAt(LAUNCH);
    String body = TaskJson.info(task.viewAt(LAUNCH.plus(Duration.ofMinutes(30))));
    assertEquals(
        new ObjectMapper()
            .readTree(
                """
                {"task_id": "T-000000000000000000000a01",
                 "cluster_id": "c00000000000000000000000000000001",
                 "task_type": "cluster_scaleout",
                 "state": "failed",
                 "created": "2026-01-02T11:04:05+08:00",
                 "updated": "2026-01-02T11:24:05+08:00",
                 "target": {"id": "c00000000000000000000000000000001\\n", "type": "cluster"},
                 "parameters": {"test": "test", "test2": 1, "none": null},
                 "stages": [{"state": "success", "start_time": "2026-01-02 11:04:05",
                   "end_time": "2026-01-02 11:14:05", "message": "drained",
                   "outputs": {"nodes": 2}}],
                 "current_stage": "Waiting",
                 "events": [{"action": "start", "level": "Normal", "message": "start to drain",
                   "reason": "NodePoolUpgradeStart", "source": "ACK",
                   "timestamp": "1767323045000"}],
                 "task_result": [{"data": "i-sim", "status": "success"}, {"data": "i-raw"}],
                 "error": {"code": "400", "message": "failed to upgrade"}}
                """),
        new ObjectMapper().readTree(body));
  }

  @Test
  void shouldContainTheUnfinishedStageWhenItRuns() throws IOException {
    JsonNode body = wire(task(1), LAUNCH);
    assertEquals("running", body.get("stages").get(0).get("state").asText());
    assertEquals("", body.get("stages").get(0).get("end_time").asText());
    assertEquals("DrainNodes", body.get("current_stage").asText());
    assertTrue(body.get("error").isNull());
  }

  @Test
  void shouldDivideOffsetsWhenFaster() {
    ScriptedTask task = task(60);
    assertEquals("running", task.viewAt(LAUNCH).state());
    assertEquals("running", task.viewAt(LAUNCH.plusMillis(19_999)).state());
    assertEquals("failed", task.viewAt(LAUNCH.plusMillis(20_000)).state());
  }

  @Test
  void shouldNeverGoBackWhenTimeGoesOn() {
    ScriptedTask task = task(1);
    long changes =
        IntStream.range(0, 1500)
            .mapToObj(second -> task.viewAt(LAUNCH.plusSeconds(second)).updated())
            .distinct()
            .count();
    assertEquals(3, changes);
  }

  @Test
  void shouldHitByCallWhateverTheTime() {
    ScriptedTask task = task(1);
    assertEquals(Optional.empty(), fault(task, 1, LAUNCH));
    assertEquals(Optional.of("unavailable"), fault(task, 2, LAUNCH));
    assertEquals(Optional.empty(), fault(task, 3, LAUNCH));
  }

  @Test
  void shouldHitByTimeOnTheClockOfTheScript() {
    ScriptedTask task = task(60);
    task.viewAt(LAUNCH);
    assertEquals(Optional.empty(), fault(task, 9, LAUNCH.plusMillis(11_999)));
    assertEquals(Optional.of("reset"), fault(task, 9, LAUNCH.plusMillis(12_000)));
    assertEquals(Optional.of("reset"), fault(task, 9, LAUNCH.plusMillis(12_999)));
    assertEquals(Optional.empty(), fault(task, 9, LAUNCH.plusMillis(13_000)));
  }

  private static Optional<String> fault(ScriptedTask task, int call, Instant now) {
    return task.fault(call, now).map(ScriptedFault::name);
  }
}
