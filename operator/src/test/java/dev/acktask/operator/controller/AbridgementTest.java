package dev.acktask.operator.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.task.TaskInfo;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not kept in memory is neither lost nor taken for a change. */
final class AbridgementTest extends ReconcilerTestCase {
  private static final String REFRESH = AckTask.REFRESH_REQUESTED_AT;
  private static final AckTaskSpec EDITED =
      new AckTaskSpec(TASK_ID, null, "1m", null, null, null, null, null);

  @Test
  void shouldKeepTheVerdictOnlyWhenTheOperatorSaysThatATaskHasFinished() {
    finishWithDetails("failed");
    AckTaskStatus kept = watched().getStatus();
    assertEquals(status().conditions(), kept.conditions());
    assertEquals(status().completionTime(), kept.completionTime());
    assertEquals(List.of(), kept.stages());
    assertEquals(List.of(), kept.events());
    assertFalse(status().stages().isEmpty());
  }

  @Test
  void shouldKeepAllWhenATaskRuns() {
    finishWithDetails("running");
    assertEquals(status(), watched().getStatus());
  }

  @Test
  void shouldKeepAllWhenSomebodyElseWroteTheVerdict() {
    finishWithDetails("failed");
    store.forge(status());
    assertEquals(status(), watched().getStatus());
  }

  @Test
  void shouldStillTellWhoWroteWhenItIsAbridged() {
    finishWithDetails("failed");
    assertTrue(StatusAuthor.isOperator(watched().getMetadata()));
    store.forge(status());
    assertFalse(StatusAuthor.isOperator(watched().getMetadata()));
  }

  @Test
  void shouldKeepOfTheMetadataWhatIsReadWhenAUserAddsMuch() {
    AckTask task = store.create("u1", SPEC);
    task.getMetadata()
        .setAnnotations(
            Map.of("kubectl.kubernetes.io/last-applied-configuration", "{}", REFRESH, "now"));
    task.getMetadata().setLabels(Map.of("team", "shop"));
    ObjectMeta kept = FakeAckTaskStore.asWatched(task).getMetadata();
    assertEquals(Map.of(REFRESH, "now"), kept.getAnnotations());
    assertEquals(Map.of(), kept.getLabels());
    assertEquals(task.getMetadata().getUid(), kept.getUid());
    assertEquals(task.getMetadata().getGeneration(), kept.getGeneration());
    assertEquals(task.getMetadata().getResourceVersion(), kept.getResourceVersion());
    assertEquals(task.getMetadata().getCreationTimestamp(), kept.getCreationTimestamp());
  }

  @Test
  void shouldNotReadAnythingWhenAFinishedTaskIsVisitedAgain() {
    finishWithDetails("success");
    reconciler = start(6_000);
    reconcileAndWait();
    assertEquals(0, store.reads);
    assertEquals(1, store.written.size());
  }

  @Test
  void shouldLoseNoDetailWhenAFinishedTaskIsEdited() {
    finishWithDetails("failed");
    AckTaskStatus before = status();
    store.edit(EDITED);
    reconcileAndWait();
    assertEquals(2, store.written.size());
    assertEquals(before.stages(), status().stages());
    assertEquals(before.events(), status().events());
    assertEquals(before.error(), status().error());
    assertEquals(before.requestId(), status().requestId());
    assertEquals(2L, status().observedGeneration());
  }

  @Test
  void shouldLoseNoDetailWhenAFreshLookAtAFinishedTaskFails() {
    finishWithDetails("failed");
    AckTaskStatus before = status();
    store.requestRefresh("again");
    cloud.answer(ref -> new TaskLookup.NotFound("not found", null));
    reconcileAndWait();
    assertEquals("again", status().lastHandledRefreshAt());
    assertEquals(before.stages(), status().stages());
    assertEquals(before.error(), status().error());
  }

  @Test
  void shouldWriteNothingWhenAFinishedTaskWasRecreatedSinceItWasSeen() {
    finishWithDetails("failed");
    AckTask seen = FakeAckTaskStore.asWatched(store.edit(EDITED));
    store.create("u2", SPEC);
    reconciler.reconcile(seen, null);
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
        new TaskInfo(
            ref.taskId(),
            state,
            "c1",
            "cluster_upgrade",
            "2026-01-02T10:49:00+08:00",
            "2026-01-02T11:00:00+08:00",
            null,
            "PostCheck",
            List.of(new TaskInfo.Stage("PreCheck-done", "2026-01-02 10:50:00", null, "m", null)),
            List.of(new TaskInfo.Event("1767323045000", "Normal", "a", "r", "m", "ACK")),
            List.of(),
            new TaskInfo.Problem("400", "no room"),
            null,
            TaskInfo.Omitted.NONE),
        "request-1");
  }
}
