package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;

/**
 * What is kept of an object in memory, which is what visits, metrics and the watchdog read. In the
 * long run most objects are finished; of one whose final verdict the operator itself wrote, nobody
 * reads the details again. Whoever writes about such an object reads it anew first, see {@link
 * StatusWriter}.
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
    if (Subjects.of(task).finished()) {
      task.setStatus(withoutDetails(task.getStatus()));
    }
    return task;
  }

  private static void shorten(ObjectMeta meta) {
    String refresh = Subjects.refreshRequest(meta);
    meta.setAnnotations(refresh == null ? Map.of() : Map.of(AckTask.REFRESH_REQUESTED_AT, refresh));
    meta.setLabels(Map.of());
    meta.setOwnerReferences(List.of());
    List<ManagedFieldsEntry> managers = meta.getManagedFields();
    if (managers != null) {
      boolean own = StatusAuthor.isOperator(meta);
      meta.setManagedFields(
          managers.stream()
              .filter(entry -> !own || StatusAuthor.isOperator(entry))
              .map(Abridgement::author)
              .toList());
    }
  }

  /** Who wrote what part, and when; of a status that is the operator's own nobody else counts. */
  private static ManagedFieldsEntry author(ManagedFieldsEntry entry) {
    ManagedFieldsEntry author = new ManagedFieldsEntry();
    author.setManager(entry.getManager());
    author.setSubresource(entry.getSubresource());
    author.setTime(entry.getTime());
    return author;
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
