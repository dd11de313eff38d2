package dev.acktask.operator.gate;

import dev.acktask.operator.gate.GateEvidence.ClusterList;
import java.util.List;
import java.util.TreeSet;

/**
 * The unfinished tasks of a cluster.
 *
 * @param names of some of them, with the cluster; at least one if {@code number} is positive
 */
record RunningTasks(int number, List<String> names) {
  /** Copies the names. */
  RunningTasks {
    names = List.copyOf(names);
  }

  /**
   * Those that the lists have; if they have none, the AckTasks. A cluster belongs to one account,
   * so that two connections list the same tasks. What an outdated list has may be finished by now.
   */
  static RunningTasks of(String clusterId, List<ClusterList> lists, List<GateTask> ackTasks) {
    TreeSet<String> names = new TreeSet<>();
    int number = 0;
    for (ClusterList list : lists) {
      if (!list.isOutdated()) {
        number = Math.max(number, list.unfinished());
        names.addAll(list.examples());
      }
    }
    if (number == 0) {
      names.clear();
      ackTasks.forEach(it -> names.add(it.name()));
    } else if (names.isEmpty()) {
      names.add("a task");
    }
    return new RunningTasks(
        Math.max(number, names.size()),
        names.stream().map(name -> name + " in " + clusterId).toList());
  }

  /** A text of all. */
  static String list(List<RunningTasks> clusters) {
    return NameList.of(
        clusters.stream().flatMap(it -> it.names().stream()).toList(),
        clusters.stream().mapToInt(RunningTasks::number).sum());
  }
}
