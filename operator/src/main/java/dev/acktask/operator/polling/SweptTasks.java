package dev.acktask.operator.polling;

import dev.acktask.operator.task.ListedTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The polls that sweeps stand in for. */
interface SweptTasks {
  /**
   * A sweep of a cluster that has ended.
   *
   * @param start on the monotonic clock, in nanoseconds
   * @param interval between two sweeps of the cluster
   * @param isComplete false if tasks may be missing
   */
  record Sweep(
      String clusterId, long start, Duration interval, List<ListedTask> tasks, boolean isComplete) {
    /** Copies the list. */
    public Sweep {
      tasks = List.copyOf(tasks);
    }
  }

  /** Differs from an earlier value if {@link #unfinishedByCluster} has changed since. */
  long clusterChanges();

  /** Number of unfinished tasks of each cluster that has at least two. */
  Map<String, Integer> unfinishedByCluster();

  /** Shortest poll interval of the tasks of a cluster; empty without tasks. */
  Optional<Duration> shortestInterval(String clusterId);

  /**
   * A page of a sweep that is under way: polls the tasks that have moved, without waiting for the
   * other pages.
   */
  void listed(String clusterId, List<ListedTask> page);

  /**
   * Moves the due times of polls as the sweep suggests, and nothing else.
   *
   * @return number of changes that the list should have announced
   */
  int swept(Sweep sweep);

  /** The sweep of a cluster failed: its tasks are polled with their normal interval. */
  void sweepFailed(String clusterId);
}
