package dev.acktask.operator.tracing;

import static dev.acktask.operator.tracing.FinishedTask.failed;
import static dev.acktask.operator.tracing.FinishedTask.object;
import static dev.acktask.operator.tracing.FinishedTask.stage;
import static dev.acktask.operator.tracing.FinishedTask.succeeded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.StageTransition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TaskTraceTest {
  private static final String START = "2026-01-02T02:50:00Z";
  private static final String END = "2026-01-02T03:00:00Z";
  private static final StageTimeParser TIMES = new StageTimeParser(ZoneId.of("Asia/Shanghai"));

  @Test
  void shouldTraceATaskWithItsStages() {
    TaskTrace trace =
        trace(
            succeeded(
                START,
                END,
                stage("success", "2026-01-02 10:50:00", "2026-01-02 10:51:00"),
                stage("success", "2026-01-02 10:51:00", "2026-01-02 10:59:30")));

    assertEquals(
        new TaskTrace(
            "cluster_upgrade",
            Instant.parse(START),
            Instant.parse(END),
            Map.of(
                "k8s.namespace.name", "team-a",
                "acktask.name", "upgrade-cluster",
                "acktask.task_id", FinishedTask.TASK_ID,
                "acktask.cluster_id", "c1",
                "acktask.state", "success",
                "acktask.reason", "TaskSucceeded",
                "cloud.region", "cn-hangzhou"),
            null,
            List.of(
                expectedStage("success", 1, "2026-01-02T02:50:00Z", "2026-01-02T02:51:00Z", false),
                expectedStage(
                    "success", 2, "2026-01-02T02:51:00Z", "2026-01-02T02:59:30Z", false))),
        trace);
  }

  @Test
  void shouldTraceAFailureByReasonWithoutMessages() {
    TaskTrace trace =
        trace(failed(START, END, stage("Failed", "2026-01-02 10:50:00", "2026-01-02 10:51:00")));
    assertEquals("TaskFailed", trace.error());
    assertEquals(true, trace.stages().getFirst().failed());
    assertFalse(trace.toString().contains("a message of the cloud"), trace::toString);
  }

  @Test
  void shouldOmitStagesWithoutAZone() {
    AckTaskStatus status =
        succeeded(START, END, stage("success", "2026-01-02 10:50:00", "2026-01-02 10:51:00"));
    assertEquals(List.of(), TaskTrace.of(object(), status, null).orElseThrow().stages());
  }

  @Test
  void shouldNameTheStagesThatTheOperatorObserved() {
    // given
    AckTaskStatus status =
        succeeded(START, END, stage("success", "2026-01-02 10:50:00", "2026-01-02 10:51:00"));

    // when
    List<TaskTrace.Stage> stages =
        observed(
            status,
            new StageTransition("PreCheck", "2026-01-02T02:50:10Z"),
            new StageTransition("DrainNodes", "2026-01-02T02:51:00Z"));

    // then
    assertEquals(
        List.of(
            expectedStage("PreCheck", 1, "2026-01-02T02:50:10Z", "2026-01-02T02:51:00Z", false),
            expectedStage("DrainNodes", 2, "2026-01-02T02:51:00Z", END, false)),
        stages);
  }

  @Test
  void shouldMarkTheStageInWhichTheTaskFailed() {
    List<TaskTrace.Stage> stages =
        observed(
            failed(START, END),
            new StageTransition("PreCheck", "2026-01-02T02:50:10Z"),
            new StageTransition("DrainNodes", "2026-01-02T02:51:00Z"));

    assertEquals(List.of(false, true), stages.stream().map(TaskTrace.Stage::failed).toList());
  }

  @Test
  void shouldOmitAStageThatWasObservedAfterTheEnd() {
    List<TaskTrace.Stage> stages =
        observed(
            succeeded(START, END),
            new StageTransition("PreCheck", "2026-01-02T02:50:10Z"),
            new StageTransition("odd", "soon"),
            new StageTransition("Done", "2026-01-02T03:00:01Z"));

    assertEquals(List.of(expectedStage("PreCheck", 1, "2026-01-02T02:50:10Z", END, false)), stages);
  }

  @Test
  void shouldTakeTheStagesOfTheCloudWhenTheTaskEndedBeforeItsFirstPoll() {
    List<TaskTrace.Stage> stages =
        observed(
            succeeded(START, END, stage("success", "2026-01-02 10:50:00", "2026-01-02 10:51:00")),
            new StageTransition("Done", "2026-01-02T03:00:01Z"));

    assertEquals(
        List.of(expectedStage("success", 1, START, "2026-01-02T02:51:00Z", false)), stages);
  }

  private static List<TaskTrace.Stage> observed(
      AckTaskStatus status, StageTransition... transitions) {
    return trace(status.toBuilder().stageTransitions(List.of(transitions)).build()).stages();
  }

  @Test
  void shouldEndUnfinishedStagesWithTheTask() {
    List<TaskTrace.Stage> stages =
        trace(
                failed(
                    START,
                    END,
                    stage("success", "2026-01-02 10:50:00", null),
                    stage("running", "2026-01-02 10:51:00", ""),
                    stage(null, "2026-01-02 10:52:00", null)))
            .stages();
    assertEquals(
        List.of(
            expectedStage("running", 2, "2026-01-02T02:51:00Z", END, false),
            expectedStage("stage", 3, "2026-01-02T02:52:00Z", END, false)),
        stages);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02 10:55:00, 2026-01-02 10:54:59",
    "soon,                2026-01-02 10:55:00",
    ",                    2026-01-02 10:55:00",
    "2026-01-02 10:55:00, later",
    "0001-01-01 00:00:00, 2026-01-02 10:55:00",
    "1970-01-01 08:00:00, 2026-01-02 10:55:00",
    "2026-01-02 10:55:00, 9999-12-31 23:59:59",
    "2026-01-02 10:55:00, 2026-01-03 11:00:01",
    "2026-01-01 10:49:59, 2026-01-02 10:55:00",
    "+999999999-12-31 23:59:59, 2026-01-02 10:55:00",
    "-999999999-01-01 00:00:00, 2026-01-02 10:55:00",
  })
  void shouldOmitAStageWithImpossibleTimes(String start, String end) {
    AckTaskStatus.Stage good = stage("success", "2026-01-02 10:50:00", "2026-01-02 10:51:00");
    TaskTrace trace = trace(succeeded(START, END, stage("success", start, end), good));
    assertEquals(1, trace.stages().size(), trace::toString);
    assertEquals(2, trace.stages().getFirst().number());
    assertEquals(Instant.parse(START), trace.start());
  }

  @Test
  void shouldRevealAWrongConfiguredZone() {
    AckTaskStatus status =
        succeeded(START, END, stage("success", "2026-01-02 02:50:00", "2026-01-02 02:51:00"));
    assertEquals(
        List.of(expectedStage("success", 1, "2026-01-01T18:50:00Z", "2026-01-01T18:51:00Z", false)),
        trace(status).stages());
  }

  @ParameterizedTest
  @CsvSource(
      value = {"NULL", "2026-01-02T03:00:01Z", "9998-01-01T00:00:00Z", "then"},
      nullValues = "NULL")
  void shouldBeginWithTheFirstStageWhenTheStartIsUnknown(String start) {
    AckTaskStatus.Stage late = stage("success", "2026-01-02 10:56:00", "2026-01-02 10:57:00");
    AckTaskStatus.Stage early = stage("success", "2026-01-02 10:55:00", "2026-01-02 10:56:00");
    assertEquals(
        Instant.parse("2026-01-02T02:55:00Z"), trace(succeeded(start, END, late, early)).start());
    assertEquals(Instant.parse(END), trace(succeeded(start, END)).start());
  }

  @ParameterizedTest
  @CsvSource(
      value = {"NULL", "''", "then", "0001-01-01T00:00:00Z"},
      nullValues = "NULL")
  void shouldMakeNoTraceWithoutAnEnd(String end) {
    assertEquals(Optional.empty(), TaskTrace.of(object(), succeeded(START, end), TIMES));
  }

  @Test
  void shouldNameATaskWithoutAType() {
    TaskTrace trace =
        trace(succeeded(START, END).toBuilder().taskType(null).clusterId(null).build());
    assertEquals("ack task", trace.name());
    assertNull(trace.attributes().get("acktask.cluster_id"));
  }

  private static TaskTrace trace(AckTaskStatus status) {
    return TaskTrace.of(object(), status, TIMES).orElseThrow();
  }

  private static TaskTrace.Stage expectedStage(
      String name, int number, String start, String end, boolean failed) {
    return new TaskTrace.Stage(name, number, Instant.parse(start), Instant.parse(end), failed);
  }
}
