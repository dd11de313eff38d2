package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.decision.StatusBudget;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/**
 * What is kept of an object in memory, which is what visits, metrics and the watchdog read. In the
 * long run most objects are finished; of one whose final verdict the operator itself wrote, nobody
 * reads the details again. Whoever writes about such an object reads it anew first, see {@link
 * StatusWriter}. Of what users and other writers add, only what a decision reads is kept, and that
 * is bounded, see {@link CacheLimits}.
 */
public final class Abridgement {
  private Abridgement() {}

  /** {@code task} itself, without what need not be kept. */
  public static AckTask of(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    if (meta == null) {
      return task;
    }
    shorten(meta);
    task.setSpec(CacheLimits.spec(task.getSpec()));
    AckTaskStatus status = task.getStatus();
    if (status != null && StatusBudget.isExceededBy(status)) {
      task.setStatus(CacheLimits.outsized(withoutDetails(status)));
    } else if (status != null && Subjects.of(task).finished()) {
      task.setStatus(withoutDetails(status));
    }
    return task;
  }

  private static void shorten(ObjectMeta meta) {
    String refresh = Subjects.refreshRequest(meta);
    meta.setAnnotations(
        refresh == null
            ? Map.of()
            : Map.of(AckTask.REFRESH_REQUESTED_AT, CacheLimits.text(refresh)));
    meta.setLabels(Map.of());
    meta.setOwnerReferences(List.of());
    meta.setFinalizers(List.of());
    List<ManagedFieldsEntry> managers = meta.getManagedFields();
    if (managers != null) {
      meta.setManagedFields(StatusAuthor.decisive(managers));
    }
  }

  private static AckTaskStatus withoutDetails(AckTaskStatus status) {
    return new AckTaskStatus(
        status.observedGeneration(),
        status.phase(),
        status.reason(),
        status.message(),
        status.taskId(),
        null,
        status.taskType(),
        status.clusterId(),
        null,
        null,
        null,
        null,
        status.startTime(),
        status.completionTime(),
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        status.lastHandledRefreshAt(),
        null,
        status.conditions());
  }
}
