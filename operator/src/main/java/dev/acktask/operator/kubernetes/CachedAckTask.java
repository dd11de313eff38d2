package dev.acktask.operator.kubernetes;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
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
  /**
   * Stage transitions of a succeeded task that are kept for statistics: up to 1.7 KB with names
   * that are common to many tasks. More stages than this say little about where the time goes.
   */
  static final int MAX_STAGE_TRANSITIONS = 16;

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
        .estimatedCompletionTime(null)
        .estimateSampleSize(null)
        .progress(null)
        .stageTransitions(status.phase() == Phase.SUCCEEDED ? newest(status) : List.of())
        .stages(List.of())
        .events(List.of())
        .results(List.of())
        .error(null)
        .parameters(null)
        .omitted(null)
        .requestId(null)
        .build();
  }

  private static List<AckTaskStatus.StageTransition> newest(AckTaskStatus status) {
    List<AckTaskStatus.StageTransition> all = status.stageTransitions();
    return all.subList(Math.max(0, all.size() - MAX_STAGE_TRANSITIONS), all.size());
  }
}
