package dev.acktask.operator.kubernetes;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus.StageTransition;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.DiscoveryMetadata;
import dev.acktask.operator.controller.FakeAckTaskStore;
import dev.acktask.operator.controller.ReconcilerTestCase;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pruned data is not lost from the API server and does not count as a change. */
final class CachedAckTaskTest extends ReconcilerTestCase {
  private static final String REFRESH = AckTask.REFRESH_REQUESTED_AT;
  private static final AckTaskSpec EDITED = spec().pollInterval("1m").build();

  @Test
  void shouldKeepOnlyTheVerdictOfAFinishedTask() {
    // given
    finishWithDetails("failed");

    // when
    AckTaskStatus kept = watched().getStatus();

    // then
    assertEquals(status().conditions(), kept.conditions());
    assertEquals(status().completionTime(), kept.completionTime());
    assertEquals("2026-01-02T10:49:00+08:00", kept.createdTime());
    assertEquals(List.of(), kept.stages());
    assertEquals(List.of(), kept.events());
    assertFalse(status().stages().isEmpty());
  }

  @Test
  void shouldKeepTheNewestStageTransitionsOfASucceededTask() {
    // given
    List<StageTransition> all =
        IntStream.range(0, 32).mapToObj(i -> new StageTransition("stage-" + i, null)).toList();

    // when
    List<StageTransition> kept =
        pruned(AckTasks.succeeded().status(with -> with.stageTransitions(all)));

    // then
    assertEquals(all.subList(16, 32), kept);
  }

  @Test
  void shouldKeepNoStageTransitionOfATaskThatFailed() {
    assertEquals(List.of(), pruned(AckTasks.failed()));
    assertEquals(1, pruned(AckTasks.succeeded()).size());
  }

  private static List<StageTransition> pruned(AckTasks.Builder task) {
    return CachedAckTask.prune(task.build()).getStatus().stageTransitions();
  }

  @Test
  void shouldKeepAllWhenATaskRuns() {
    finishWithDetails("running");
    assertEquals(status(), watched().getStatus());
  }

  @Test
  void shouldKeepAllWhenAnotherManagerWroteTheVerdict() {
    finishWithDetails("failed");
    store.forge(status());
    assertEquals(status(), watched().getStatus());
  }

  @Test
  void shouldKeepTheLastWriterAfterPruning() {
    finishWithDetails("failed");
    assertTrue(FieldManagers.operatorWroteStatusLast(watched().getMetadata()));
    store.forge(status());
    assertFalse(FieldManagers.operatorWroteStatusLast(watched().getMetadata()));
  }

  @Test
  void shouldKeepOnlyTheMetadataThatIsRead() {
    // given
    AckTask task = store.create("u1", SPEC);
    task.getMetadata()
        .setAnnotations(
            Map.of("kubectl.kubernetes.io/last-applied-configuration", "{}", REFRESH, "now"));
    task.getMetadata()
        .setLabels(Map.of("team", "shop", DiscoveryMetadata.DISCOVERED_BY, "upgrades"));

    // when
    ObjectMeta kept = FakeAckTaskStore.asWatched(task).getMetadata();

    // then
    assertEquals(Map.of(REFRESH, "now"), kept.getAnnotations());
    assertEquals(
        Map.of("team", "shop", DiscoveryMetadata.DISCOVERED_BY, "upgrades"), kept.getLabels());
    assertEquals(task.getMetadata().getUid(), kept.getUid());
    assertEquals(task.getMetadata().getGeneration(), kept.getGeneration());
    assertEquals(task.getMetadata().getResourceVersion(), kept.getResourceVersion());
    assertEquals(task.getMetadata().getCreationTimestamp(), kept.getCreationTimestamp());
  }

  @Test
  void shouldNotReadAFinishedTaskWhenItIsReconciledAgain() {
    finishWithDetails("success");
    reconciler = start(6_000);
    reconcileAndWait();
    assertEquals(0, store.reads);
    assertEquals(1, store.written.size());
  }

  @Test
  void shouldLoseNoDetailWhenAFinishedTaskIsEdited() {
    // given
    finishWithDetails("failed");
    AckTaskStatus before = status();

    // when
    store.edit(EDITED);
    reconcileAndWait();

    // then
    assertEquals(2, store.written.size());
    assertEquals(before.stages(), status().stages());
    assertEquals(before.events(), status().events());
    assertEquals(before.error(), status().error());
    assertEquals(before.requestId(), status().requestId());
    assertEquals(2L, status().observedGeneration());
  }

  @Test
  void shouldLoseNoDetailWhenTheRefreshOfAFinishedTaskFails() {
    // given
    finishWithDetails("failed");
    AckTaskStatus before = status();

    // when
    store.requestRefresh("again");
    cloud.answer(ref -> new TaskLookup.NotFound("not found", null));
    reconcileAndWait();

    // then
    assertEquals("again", status().lastHandledRefreshAt());
    assertEquals(before.stages(), status().stages());
    assertEquals(before.error(), status().error());
  }

  @Test
  void shouldWriteNothingWhenAFinishedTaskWasRecreated() {
    finishWithDetails("failed");
    AckTask watched = FakeAckTaskStore.asWatched(store.edit(EDITED));
    store.create("u2", SPEC);
    reconciler.reconcile(watched, null);
    assertEquals(1, store.written.size());
    assertNotEquals("u1", store.current().getMetadata().getUid());
  }

  private AckTask watched() {
    return FakeAckTaskStore.asWatched(store.current());
  }

  private void finishWithDetails(String state) {
    cloud.answer(ref -> detailed(ref, state));
    store.create("u1", SPEC);
    reconcileAndWait();
  }

  private static TaskLookup detailed(TaskRef ref, String state) {
    return new TaskLookup.Found(
        TaskInfo.builder(ref.taskId(), state)
            .clusterId("c1")
            .taskType("cluster_upgrade")
            .created("2026-01-02T10:49:00+08:00")
            .updated("2026-01-02T11:00:00+08:00")
            .currentStage("PostCheck")
            .stages(
                List.of(
                    new TaskInfo.Stage("PreCheck-done", "2026-01-02 10:50:00", null, "m", null)))
            .events(List.of(new TaskInfo.Event("1767323045000", "Normal", "a", "r", "m", "ACK")))
            .error(new TaskInfo.Problem("400", "no room"))
            .omitted(TaskInfo.Omitted.NONE)
            .build(),
        "request-1");
  }
}
