package dev.acktask.operator.gate.controller;

import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.discovery.ListedTasks;
import dev.acktask.operator.polling.SweepResult;
import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.TaskLookup.Throttled;
import java.util.stream.Stream;

/** Results of sweeps, of the connection {@code eu} unless another one is set. */
final class SweepResults {
  static final String FAILURE = "Too many requests.";

  private final ConnectionKey connection;

  private SweepResults(ConnectionKey connection) {
    this.connection = connection;
  }

  static SweepResults eu() {
    return of("eu");
  }

  static SweepResults of(String connection) {
    return new SweepResults(ConnectionKey.cluster(connection));
  }

  /**
   * A complete list of a cluster.
   *
   * @param start on the monotonic clock, in nanoseconds
   */
  SweepResult tasks(long start, String clusterId, ListedTasks... tasks) {
    return tasks(start, clusterId, true, tasks);
  }

  /** A list that was cut. */
  SweepResult incomplete(long start, String clusterId, ListedTasks... tasks) {
    return tasks(start, clusterId, false, tasks);
  }

  SweepResult failed(long start, String clusterId) {
    return failed(start, SweptList.TASKS, clusterId);
  }

  SweepResult failed(long start, SweptList list, String clusterId) {
    return new SweepResult.Failed(
        connection, ListedTasks.NOW, start, list, clusterId, new Throttled(FAILURE, null, null));
  }

  SweepResult clusters(boolean isComplete, String... clusterIds) {
    return new SweepResult.Clusters(
        connection,
        ListedTasks.NOW,
        Stream.of(clusterIds).map(id -> new ListedCluster(id, null, null)).toList(),
        isComplete);
  }

  private SweepResult tasks(
      long start, String clusterId, boolean isComplete, ListedTasks... tasks) {
    return new SweepResult.Tasks(
        connection,
        ListedTasks.NOW,
        start,
        clusterId,
        Stream.of(tasks).map(ListedTasks::build).toList(),
        isComplete);
  }
}
