package dev.acktask.bench.cloud;

/**
 * The clusters of the cloud, and their lists of tasks.
 *
 * @param count the tasks are spread evenly over so many clusters
 * @param history number of finished tasks in the list of each cluster that no object names
 * @param frozenUpdated true keeps the time {@code updated} of a task when the task changes
 */
public record Clusters(int count, int history, boolean frozenUpdated) {
  private static final int MAX_COUNT = 1_000;
  private static final int MAX_HISTORY = 10_000;

  /** All tasks in one cluster, and nothing else in its list. */
  public static final Clusters ONE = new Clusters(1, 0, false);

  public Clusters {
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException("between 1 and 1,000 clusters");
    }
    if (history < 0 || history > MAX_HISTORY) {
      throw new IllegalArgumentException("between 0 and 10,000 finished tasks in a list");
    }
  }

  /** The id of the cluster of a task. */
  public String idOf(int task) {
    return id(task % count);
  }

  /** The id of cluster {@code number}, from 0. */
  String id(int number) {
    return "c%032d".formatted(number + 1);
  }
}
