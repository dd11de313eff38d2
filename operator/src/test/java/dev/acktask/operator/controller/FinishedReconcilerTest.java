package dev.acktask.operator.controller;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.tls.TrustedAuthorities;
import dev.acktask.operator.tracing.OtlpReceiver;
import dev.acktask.operator.tracing.Tracing;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each final verdict is reported once, after it was written. */
final class FinishedReconcilerTest extends ReconcilerTestCase {
  @Test
  void shouldReportAFinishedTaskOnce() {
    // when
    store.create("u1", SPEC);
    reconcileAndWait();

    // then
    assertEquals(List.of(), finishedStatuses);

    // when
    cloud.answer("failed");
    reconcileAndWait();
    reconcileAndWait();

    // then
    assertEquals(List.of(status()), finishedStatuses);
  }

  @Test
  void shouldNotReportItAgainAfterARestartAnEditOrARefresh() {
    // given
    finish("success");

    // when
    reconciler = start(6_000);
    reconcileAndWait();
    store.edit(spec().pollInterval("1m").build());
    reconcileAndWait();
    store.requestRefresh("again");
    reconcileAndWait();

    // then
    assertEquals(3, store.written.size());
    assertEquals(1, finishedStatuses.size());
  }

  @Test
  void shouldNotReportAVerdictThatWasAlreadyInTheStatus() {
    // given
    AckTaskStatus success = success();
    finishedStatuses.clear();
    store.create("u2", SPEC);
    store.forge(success);

    // when
    reconcileAndWait();

    // then
    assertEquals(2, cloud.calls.size());
    assertEquals(List.of(), finishedStatuses);
  }

  @Test
  void shouldReportAFinishedTaskAfterAForgedVerdictWasReplaced() {
    // given
    AckTaskStatus success = success();
    finishedStatuses.clear();
    store.create("u2", SPEC);
    store.forge(success);

    // when
    cloud.answer("running");
    reconcileAndWait();

    // then
    assertEquals(Phase.RUNNING, status().phase());

    // when
    cloud.answer("failed");
    reconcileAndWait();

    // then
    assertEquals(List.of(status()), finishedStatuses);
  }

  @Test
  void shouldReportNothingWhenTheVerdictWasNotWritten() {
    store.create("u1", SPEC);
    cloud.answer("success");
    store.beforeEachWrite(store::delete);
    reconcileAndWait();
    assertEquals(List.of(), finishedStatuses);
  }

  @Test
  void shouldReportAFinishedTaskOnceAfterAConflict() {
    store.create("u1", SPEC);
    cloud.answer("success");
    beforeNextWrite(store::touch);
    reconcileAndWait();
    assertEquals(2, store.attempts);
    assertEquals(1, finishedStatuses.size());
  }

  @Test
  void shouldSendOneTraceOfAFinishedTask() throws Exception {
    ZoneId zone = ZoneId.of("Asia/Shanghai");
    try (OtlpReceiver collector = new OtlpReceiver()) {
      Map<String, String> environment = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
      try (Tracing tracing =
          Tracing.fromEnvironment(environment, zone, TrustedAuthorities.ofJdk(), "test")) {
        finished = tracing::finished;
        store.create("u1", SPEC);
        reconcileAndWait();
        cloud.answer(FinishedReconcilerTest::upgraded);
        reconcileAndWait();
        reconciler = start(6_000);
        reconcileAndWait();
      }
      List<Span> spans = collector.spans();
      assertEquals(
          List.of("PreCheck-done", "cluster_upgrade"), spans.stream().map(Span::getName).toList());
      assertEquals(spans.get(1).getSpanId(), spans.get(0).getParentSpanId());
      assertEquals(
          List.of(Instant.parse("2026-01-02T02:50:00Z"), Instant.parse("2026-01-02T02:51:00Z")),
          List.of(
              instant(spans.get(0).getStartTimeUnixNano()),
              instant(spans.get(0).getEndTimeUnixNano())));
      assertEquals(
          List.of(Instant.parse("2026-01-02T02:49:00Z"), Instant.parse("2026-01-02T03:00:00Z")),
          List.of(
              instant(spans.get(1).getStartTimeUnixNano()),
              instant(spans.get(1).getEndTimeUnixNano())));
    }
  }

  private static TaskLookup upgraded(TaskRef ref) {
    return new TaskLookup.Found(
        TaskInfo.builder(ref.taskId(), "success")
            .clusterId("c1")
            .taskType("cluster_upgrade")
            .created("2026-01-02T10:49:00+08:00")
            .updated("2026-01-02T11:00:00+08:00")
            .stages(
                List.of(
                    new TaskInfo.Stage(
                        "PreCheck-done", "2026-01-02 10:50:00", "2026-01-02 10:51:00", null, null)))
            .omitted(TaskInfo.Omitted.NONE)
            .build(),
        null);
  }

  private static Instant instant(long nanos) {
    return Instant.EPOCH.plusNanos(nanos);
  }

  @Test
  void shouldReportNothingWhenATaskIsStalled() {
    store.create("u1", spec().taskId("not an id").build());
    reconcileAndWait();
    assertEquals(Phase.STALLED, status().phase());
    assertEquals(List.of(), finishedStatuses);
  }
}
