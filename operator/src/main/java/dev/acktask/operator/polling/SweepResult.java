package dev.acktask.operator.polling;

import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.MaintenancePlan;
import dev.acktask.operator.task.TaskLookup;
import java.time.Instant;
import java.util.List;

/** What one pass over a list found. */
public sealed interface SweepResult {
  /** The connection whose calls made the pass, or which could not make any. */
  ConnectionKey connection();

  /** When the pass began. */
  Instant began();

  /**
   * The tasks of a cluster.
   *
   * @param start when the pass began, on the monotonic clock {@link System#nanoTime}
   * @param tasks each once, at most 10,000
   * @param isComplete false if a page was missing or there were more tasks; then the absence of a
   *     task says nothing
   */
  record Tasks(
      ConnectionKey connection,
      Instant began,
      long start,
      String clusterId,
      List<ListedTask> tasks,
      boolean isComplete)
      implements SweepResult {}

  /**
   * The clusters of the connection.
   *
   * @param isComplete false if a page was missing or there were too many clusters
   */
  record Clusters(
      ConnectionKey connection, Instant began, List<ListedCluster> clusters, boolean isComplete)
      implements SweepResult {}

  /** The plans of ACK's maintenance. */
  record Plans(ConnectionKey connection, Instant began, List<MaintenancePlan> plans)
      implements SweepResult {}

  /**
   * The pass failed.
   *
   * @param start when the pass began, on the monotonic clock {@link System#nanoTime}
   * @param list what was to be listed
   * @param clusterId for {@link SweptList#TASKS}; else empty
   */
  record Failed(
      ConnectionKey connection,
      Instant began,
      long start,
      SweptList list,
      String clusterId,
      TaskLookup.NoAnswer cause)
      implements SweepResult {}

  /** The lists that are swept. */
  enum SweptList {
    TASKS,
    CLUSTERS,
    PLANS
  }
}
