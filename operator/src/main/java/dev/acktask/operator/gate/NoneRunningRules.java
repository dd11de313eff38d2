package dev.acktask.operator.gate;

import dev.acktask.operator.api.v1alpha1.GateReason;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.gate.GateEvidence.ClusterList;
import dev.acktask.operator.gate.GateEvidence.Lists;
import dev.acktask.operator.gate.GateSettings.Condition.NoneRunning;
import dev.acktask.operator.gate.GateTask.Outcome;
import dev.acktask.operator.text.GepDuration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The verdict of a NoneRunning gate. It is open if each list of each cluster is usable and has no
 * unfinished task, and no AckTask of a cluster is unfinished, because a list may show a task late.
 */
final class NoneRunningRules {
  private final NoneRunning condition;
  private final Lists evidence;
  private final List<String> clusterIds;

  /** Unfinished AckTasks by cluster. */
  private final Map<String, List<GateTask>> unfinished = new HashMap<>();

  private NoneRunningRules(NoneRunning condition, Lists evidence) {
    this.condition = condition;
    this.evidence = evidence;
    this.clusterIds = List.copyOf(new TreeSet<>(condition.clusterIds()));
    for (GateTask task : evidence.unfinished()) {
      String clusterId = task.clusterId();
      boolean isStalled = Phase.STALLED.apiName().equals(task.phase());
      if (clusterId != null && task.outcome() == Outcome.UNFINISHED && !isStalled) {
        unfinished.computeIfAbsent(clusterId, id -> new ArrayList<>()).add(task);
      }
    }
  }

  static GateFinding of(NoneRunning condition, Lists evidence) {
    NoneRunningRules rules = new NoneRunningRules(condition, evidence);
    return new GateFinding(rules.verdict(), rules.sync());
  }

  private GateVerdict verdict() {
    String discovery = "AckTaskDiscovery " + condition.discovery();
    return switch (evidence.discovery()) {
      case MISSING ->
          GateVerdict.waiting(
              GateReason.DISCOVERY_NOT_FOUND,
              discovery
                  + " does not exist in this namespace, or the operator may not read discoveries.",
              done(0),
              discovery);
      case INACTIVE ->
          GateVerdict.waiting(
              GateReason.DISCOVERY_NOT_ACTIVE,
              discovery + " is suspended, or its spec is invalid.",
              done(0),
              discovery);
      case ACTIVE -> verdictOfClusters();
    };
  }

  private GateVerdict verdictOfClusters() {
    int quiet = with(this::isQuiet).size();
    if (quiet > 0 && quiet == clusterIds.size()) {
      return GateVerdict.open(
          GateReason.NONE_RUNNING,
          "%d of %d clusters have no unfinished task.".formatted(quiet, quiet),
          done(quiet));
    }
    List<RunningTasks> running =
        clusterIds.stream().map(this::running).filter(it -> it.number() > 0).toList();
    if (!running.isEmpty()) {
      String list = RunningTasks.list(running);
      return GateVerdict.waiting(
          GateReason.TASKS_RUNNING, "Unfinished tasks: " + list + ".", done(quiet), list);
    }
    List<String> notSwept = with(this::isNotSwept);
    if (!notSwept.isEmpty()) {
      String list = NameList.of(notSwept);
      return GateVerdict.waiting(
          GateReason.NOT_SWEPT_YET,
          "No complete list of the tasks began after the operator observed this gate, for: %s."
                  .formatted(list)
              + " AckTaskDiscovery %s must sweep these clusters.".formatted(condition.discovery()),
          done(quiet),
          list);
    }
    String list = NameList.of(with(id -> !isQuiet(id)));
    return GateVerdict.waiting(
        GateReason.SWEEP_OUTDATED,
        "The latest complete list of the tasks is older than %s, for: %s."
            .formatted(GepDuration.format(GateEvaluator.MAX_AGE), list),
        done(quiet),
        list);
  }

  private boolean isQuiet(String clusterId) {
    List<ClusterList> lists = lists(clusterId);
    return !lists.isEmpty()
        && lists.stream().allMatch(list -> list.isUsable() && list.unfinished() == 0)
        && !unfinished.containsKey(clusterId);
  }

  private boolean isNotSwept(String clusterId) {
    List<ClusterList> lists = lists(clusterId);
    return lists.isEmpty()
        || lists.stream().anyMatch(list -> !list.isUsable() && !list.isOutdated());
  }

  private RunningTasks running(String clusterId) {
    List<GateTask> ackTasks = unfinished.getOrDefault(clusterId, List.of());
    return RunningTasks.of(clusterId, lists(clusterId), ackTasks);
  }

  private GateSync sync() {
    for (String clusterId : clusterIds) {
      for (ClusterList list : lists(clusterId)) {
        if (list.failure() != null) {
          return GateSync.failed(clusterId, list.failure());
        }
      }
    }
    return clusterIds.stream()
        .flatMap(id -> unfinished.getOrDefault(id, List.of()).stream())
        .filter(it -> it.syncProblem() != null)
        .findFirst()
        .map(GateSync::failed)
        .orElse(GateSync.OBSERVED);
  }

  private List<String> with(Predicate<String> property) {
    return clusterIds.stream().filter(property).toList();
  }

  private List<ClusterList> lists(String clusterId) {
    return evidence.clusters().getOrDefault(clusterId, List.of());
  }

  private String done(int quiet) {
    return quiet + "/" + clusterIds.size();
  }
}
