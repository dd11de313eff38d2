package dev.acktask.simulator;

import dev.acktask.simulator.account.Cluster;
import dev.acktask.simulator.account.Region;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.script.TaskScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** One region of one account, with its clusters and tasks. */
public final class SimulatedRegion {
  private final TaskRegistry registry;
  private final Map<String, Cluster> clusters = new LinkedHashMap<>();

  SimulatedRegion(TaskRegistry registry) {
    this.registry = registry;
  }

  /** As {@link Simulator#play}, in this region of this account. */
  public void play(TaskScript script) {
    registry.play(script);
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

  /** Adds a cluster, or replaces the one with its id. */
  public synchronized void putCluster(Cluster cluster) {
    clusters.put(cluster.id(), cluster);
  }

  /** Adds clusters and tasks; a task that is played already goes on. */
  void add(Region region) {
    region.clusters().forEach(this::putCluster);
    region.tasks().forEach(registry::playIfAbsent);
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
}
