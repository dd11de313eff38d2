package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.estimate.TaskKind;
import dev.acktask.operator.estimate.UsualDurations;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Estimates from the cache, and the reconcile of a task that has become slow. */
final class DurationEstimatesTest extends ReconcilerTestCase {
  private static final Duration USUAL = Duration.ofMinutes(14); // as AckTasks.succeeded() took
  private final List<AckTask> cache = new ArrayList<>();
  private final List<ResourceID> raised = new ArrayList<>();

  @Test
  void shouldKnowNothingBeforeTheFirstComputation() {
    assertNull(estimates.of(Optional.empty()));
    compute();
    assertEquals(UsualDurations.UNKNOWN, estimates.of(Optional.empty()));
  }

  @Test
  void shouldEstimateFromTheCachedTasks() {
    // given
    beginTask();
    succeededBefore(5);

    // when
    compute();

    // then
    UsualDurations usual = estimates.of(TaskKind.of(status()));
    assertEquals(5, usual.sampleSize());
    assertEquals(USUAL, usual.median());
  }

  @Test
  void shouldGiveTheSameAfterARestart() {
    // given
    beginTask();
    succeededBefore(7);
    compute();
    UsualDurations before = estimates.of(TaskKind.of(status()));

    // when
    reconciler = start(6_000);
    compute();

    // then
    assertTrue(before.isKnown());
    assertEquals(before, estimates.of(TaskKind.of(status())));
  }

  @Test
  void shouldIgnoreAVerdictOfAnotherClient() {
    // given
    beginTask();
    succeededBefore(5);
    cache
        .getFirst()
        .getMetadata()
        .setManagedFields(
            List.of(
                new ManagedFieldsEntryBuilder()
                    .withManager("kubectl")
                    .withSubresource("status")
                    .withTime("2026-01-02T03:10:00Z")
                    .build()));

    // when
    compute();

    // then
    assertEquals(UsualDurations.UNKNOWN, estimates.of(TaskKind.of(status())));
  }

  @Test
  void shouldWriteTheEstimateWithTheNextChangeOnly() {
    // given
    beginTask();
    succeededBefore(5);
    compute();

    // when
    reconcileOnce(FakeAckTaskStore.asWatched(store.current()));

    // then
    assertEquals(1, store.written.size());
    assertNull(status().estimatedCompletionTime());

    // when
    cloud.answer(DurationEstimatesTest::draining);
    pass(untilNextPoll());
    reconcile();

    // then
    assertEquals("2026-01-02T03:18:05Z", status().estimatedCompletionTime());
    assertEquals(5, status().estimateSampleSize());
  }

  @Test
  void shouldReportASlowTaskWithoutAPoll() {
    // given
    beginTask();
    succeededBefore(5);
    compute();
    int calls = cloud.calls.size();
    assertEquals(List.of(), raised);

    // when
    pass(USUAL.toMillis());
    compute();

    // then
    assertEquals(List.of(ResourceID.fromResource(store.current())), raised);

    // when
    reconcileOnce(FakeAckTaskStore.asWatched(store.current()));

    // then
    assertTrue(isTrue("SlowerThanUsual"));
    assertTrue(isTrue("Reconciling"));
    assertEquals(2, store.written.size());
    assertEquals(calls, cloud.calls.size());
    assertTrue(emitted.contains("SlowerThanUsual"));
    assertEquals("2026-01-02T03:18:05Z", status().estimatedCompletionTime());
  }

  @Test
  void shouldReportASlowTaskOnce() {
    // given
    beginTask();
    succeededBefore(5);
    pass(USUAL.toMillis());
    compute();
    reconcileOnce(FakeAckTaskStore.asWatched(store.current()));
    raised.clear();

    // when
    compute();

    // then
    assertEquals(List.of(), raised);
  }

  @Test
  void shouldRaiseTheOtherEventsWhenOneFails() {
    // given
    beginTask();
    succeededBefore(5);
    cache.add(
        AckTasks.running().name("other").status(s -> s.connection(status().connection())).build());
    pass(Duration.ofHours(1).toMillis());

    // when
    estimates.readFrom(this::cached);
    estimates.setEventHandler(
        event -> {
          raised.add(event.getRelatedCustomResourceID());
          throw new IllegalStateException("expected");
        });
    estimates.compute();

    // then
    assertEquals(2, raised.size());
    assertFalse(cached().isEmpty());
  }

  /** The object in the store is a running task that started now. */
  private void beginTask() {
    cloud.answer(ref -> FakeTaskClient.created(ref, "2026-01-02T03:04:05Z"));
    store.create("u1", SPEC);
    reconcileAndWait(0);
  }

  private static TaskLookup draining(TaskRef ref) {
    return new TaskLookup.Found(
        TaskInfo.builder(ref.taskId(), "running")
            .taskType("cluster_upgrade")
            .created("2026-01-02T03:04:05Z")
            .currentStage("DrainNodes")
            .omitted(TaskInfo.Omitted.NONE)
            .build(),
        null);
  }

  private void succeededBefore(int count) {
    for (int i = 0; i < count; i++) {
      cache.add(
          AckTasks.succeeded()
              .name("earlier-" + i)
              .taskId("T-earlier-" + i)
              .status(with -> with.connection(status().connection()))
              .build());
    }
  }

  private void compute() {
    estimates.readFrom(this::cached);
    estimates.setEventHandler(event -> raised.add(event.getRelatedCustomResourceID()));
    estimates.compute();
  }

  private List<AckTask> cached() {
    List<AckTask> all = new ArrayList<>(cache);
    if (!store.isEmpty()) {
      all.add(FakeAckTaskStore.asWatched(store.current()));
    }
    return all;
  }
}
