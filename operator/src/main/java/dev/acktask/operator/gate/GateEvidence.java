package dev.acktask.operator.gate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a decision about a gate is made from. */
public sealed interface GateEvidence {
  /**
   * For AllSucceeded.
   *
   * @param tasks the AckTasks of the namespace that the spec names, or that have the labels;
   *     without those that are being deleted; each once
   */
  record Tasks(List<GateTask> tasks) implements GateEvidence {
    /** Copies the list. A repeated task would be counted twice. */
    public Tasks {
      tasks = List.copyOf(tasks);
      if (tasks.stream().map(GateTask::name).distinct().count() != tasks.size()) {
        throw new IllegalArgumentException("an AckTask is repeated");
      }
    }
  }

  /**
   * For NoneRunning.
   *
   * @param discovery the state of the discovery
   * @param clusters the latest lists of clusters, by cluster id; one for each connection of the
   *     discovery that lists the cluster
   * @param unfinished AckTasks of the namespace of the gate that are unfinished, in any cluster
   */
  record Lists(
      Discovery discovery, Map<String, List<ClusterList>> clusters, List<GateTask> unfinished)
      implements GateEvidence {
    /** Copies the collections. */
    public Lists {
      clusters = Map.copyOf(clusters);
      unfinished = List.copyOf(unfinished);
    }
  }

  /** The state of a discovery. */
  enum Discovery {
    ACTIVE,
    MISSING,
    /** Suspended, or its spec is invalid. */
    INACTIVE
  }

  /**
   * The latest list of the tasks of a cluster.
   *
   * @param isUsable true if the list is complete, began after the operator observed the gate, and
   *     began at most {@link GateEvaluator#MAX_AGE} ago
   * @param isOutdated true if it is not usable only because of its age
   * @param unfinished number of unfinished tasks; an unrecognized state is unfinished
   * @param examples ids of a few of these tasks
   * @param failure why the latest list failed; null if it was answered
   */
  record ClusterList(
      boolean isUsable,
      boolean isOutdated,
      int unfinished,
      List<String> examples,
      @Nullable String failure) {
    /** Copies the list. */
    public ClusterList {
      examples = List.copyOf(examples);
    }

    /**
     * A list as a gate reads it.
     *
     * @param gateObserved when the operator observed the gate, on the clock of the sweep
     * @param now on the same clock
     * @param failure why a later list failed; null if none did
     */
    public static ClusterList of(
        Sweep sweep, long gateObserved, long now, @Nullable String failure) {
      boolean isNewer = sweep.isComplete() && sweep.began() - gateObserved > 0;
      boolean isTooOld = now - sweep.began() > GateEvaluator.MAX_AGE.toNanos();
      return new ClusterList(
          isNewer && !isTooOld, isNewer && isTooOld, sweep.unfinished(), sweep.examples(), failure);
    }

    /** No list was answered. */
    public static ClusterList failed(String failure) {
      return new ClusterList(false, false, 0, List.of(), failure);
    }
  }

  /**
   * A list of the tasks of a cluster as it was answered.
   *
   * @param began nanoseconds of a monotonic clock
   * @param isComplete false if tasks may be missing
   * @param unfinished number of unfinished tasks; an unrecognized state is unfinished
   * @param examples ids of a few of these tasks
   */
  record Sweep(long began, boolean isComplete, int unfinished, List<String> examples) {
    /** Copies the list. */
    public Sweep {
      examples = List.copyOf(examples);
    }
  }
}
