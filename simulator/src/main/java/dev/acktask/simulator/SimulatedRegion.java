package dev.acktask.simulator;

import dev.acktask.simulator.account.Cluster;
import dev.acktask.simulator.account.MaintenancePlan;
import dev.acktask.simulator.account.Region;
import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.ListedTask;
import dev.acktask.simulator.script.SyntheticTasks;
import dev.acktask.simulator.script.TaskScript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/** One region of one account, with its clusters, tasks and plans. */
public final class SimulatedRegion {
  private final TaskRegistry registry;
  private final TaskLists lists;
  private final Plans plans = new Plans();
  private final Map<String, Cluster> clusters = new LinkedHashMap<>();

  SimulatedRegion(TaskRegistry registry) {
    this.registry = registry;
    this.lists = new TaskLists(registry);
  }

  /** As {@link Simulator#play}, in this region of this account. */
  public void play(TaskScript script) {
    registry.play(script);
  }

  /** Plays {@code script} as if its clock had started at {@code started}, which may be past. */
  public void play(TaskScript script, Instant started) {
    registry.play(script, started);
  }

  /** As {@link Simulator#answers(String, Response, Response...)}, in this region. */
  public void answers(String taskId, Response first, Response... more) {
    List<Response> later = List.of(more);
    answers(
        taskId,
        call ->
            call == 1 || later.isEmpty() ? first : later.get(Math.min(call - 2, later.size() - 1)));
  }

  /** As {@link Simulator#answers(String, IntFunction)}, in this region. */
  public void answers(String taskId, IntFunction<Response> responses) {
    registry.answer(taskId, responses);
  }

  /** How the lists of tasks of all clusters of this region behave from now on. */
  public void listBehaviour(ListBehaviour behaviour) {
    lists.behave(behaviour);
  }

  /**
   * Adds {@code task} to the list of a cluster, in place of a scripted or earlier entry with its
   * id. DescribeTaskInfo does not know of it: a list may contradict the details, or hold what is no
   * task.
   */
  public void putListed(String clusterId, ListedTask task) {
    lists.put(clusterId, task);
  }

  /** Removes an entry of {@link #putListed}. */
  public void removeListed(String clusterId, String taskId) {
    lists.remove(clusterId, taskId);
  }

  /**
   * Sets the responses to the lists of tasks of a cluster as a function of the decoded query; all
   * other settings of its list have no effect then.
   */
  public void answersTasksOf(String clusterId, Function<Map<String, String>, Response> responses) {
    lists.answer(clusterId, responses);
  }

  /** Adds a plan, or replaces the one with its id. */
  public void putPlan(MaintenancePlan plan) {
    plans.put(plan, registry.now());
  }

  /**
   * Adds a cluster, or replaces the one with its id. Tasks of its history that exist already stay
   * as they are.
   */
  public synchronized void putCluster(Cluster cluster) {
    clusters.put(cluster.id(), cluster);
    Instant now = registry.now();
    for (SyntheticTasks.Past task : SyntheticTasks.history(cluster.id(), cluster.history())) {
      if (!registry.isPlayed(task.script().taskId())) {
        registry.play(task.script(), now.minus(task.age()));
      }
    }
  }

  /** Adds clusters, tasks and plans; a task that is played already goes on. */
  void add(Region region) {
    region.clusters().forEach(this::putCluster);
    region.tasks().stream()
        .filter(task -> !registry.isPlayed(task.taskId()))
        .forEach(registry::play);
    region.plans().forEach(this::putPlan);
    listBehaviour(region.lists());
  }

  /** The clusters that were put, then those that only tasks name, by id. */
  synchronized List<Cluster> clusters() {
    Map<String, Cluster> all = new LinkedHashMap<>(clusters);
    registry.clusterIds().forEach(id -> all.putIfAbsent(id, Cluster.of(id)));
    return new ArrayList<>(all.values());
  }

  TaskRegistry registry() {
    return registry;
  }

  TaskLists lists() {
    return lists;
  }

  Plans plans() {
    return plans;
  }
}
