package dev.acktask.operator.kubernetes;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.controller.StatusWriter;
import dev.acktask.operator.decision.StatusBudget;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/**
 * Reduces an object to the parts that reconciles, metrics and the watchdog read from the cache.
 * Most objects are finished in the long run. If the operator wrote their final verdict, their
 * details are not read again; {@link StatusWriter} reads the full object before it writes. Data
 * from users and other writers is dropped unless a decision reads it, and limited by {@link
 * CacheLimits}.
 */
public final class CachedAckTask {
  private CachedAckTask() {}

  /** Removes the unneeded parts from {@code task} itself and returns it. */
  public static AckTask prune(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    if (meta == null) {
      return task;
    }
    CachedMetadata.prune(meta);
    task.setSpec(CacheLimits.truncate(task.getSpec()));
    AckTaskStatus status = task.getStatus();
    if (status != null && StatusBudget.isExceededBy(status)) {
      task.setStatus(CacheLimits.reduce(withoutDetails(status)));
    } else if (status != null && AckTaskSnapshotFactory.of(task).isFinished()) {
      task.setStatus(withoutDetails(status));
    }
    return task;
  }

  private static AckTaskStatus withoutDetails(AckTaskStatus status) {
    return status.toBuilder()
        .state(null)
        .target(null)
        .currentStage(null)
        .updatedTime(null)
        .progress(null)
        .stages(List.of())
        .events(List.of())
        .results(List.of())
        .error(null)
        .parameters(null)
        .omitted(null)
        .requestId(null)
        .build();
  }
}
