package dev.acktask.simulator.account;

import dev.acktask.simulator.script.TaskScript;
import java.util.List;

/**
 * What an account has in one region.
 *
 * @param clusters listed first; a cluster that only a task names exists too
 */
public record Region(String id, List<Cluster> clusters, List<TaskScript> tasks) {
  public Region {
    clusters = List.copyOf(clusters);
    tasks = List.copyOf(tasks);
  }

  public static Region of(String id) {
    return new Region(id, List.of(), List.of());
  }

  public Region withClusters(Cluster... all) {
    return new Region(id, List.of(all), tasks);
  }

  public Region withTasks(TaskScript... all) {
    return new Region(id, clusters, List.of(all));
  }
}
