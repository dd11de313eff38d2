package dev.acktask.simulator.account;

import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.script.TaskScript;
import java.util.List;

/**
 * What an account has in one region.
 *
 * @param clusters listed first; a cluster that only a task names exists too
 * @param plans of ACK's own maintenance
 * @param lists how its lists of tasks behave
 */
public record Region(
    String id,
    List<Cluster> clusters,
    List<TaskScript> tasks,
    List<MaintenancePlan> plans,
    ListBehaviour lists) {
  public Region {
    clusters = List.copyOf(clusters);
    tasks = List.copyOf(tasks);
    plans = List.copyOf(plans);
  }

  public static Region of(String id) {
    return new Region(id, List.of(), List.of(), List.of(), ListBehaviour.DEFAULT);
  }

  public Region withClusters(Cluster... all) {
    return new Region(id, List.of(all), tasks, plans, lists);
  }

  public Region withTasks(TaskScript... all) {
    return new Region(id, clusters, List.of(all), plans, lists);
  }

  public Region withPlans(MaintenancePlan... all) {
    return new Region(id, clusters, tasks, List.of(all), lists);
  }

  public Region withLists(ListBehaviour behaviour) {
    return new Region(id, clusters, tasks, plans, behaviour);
  }
}
