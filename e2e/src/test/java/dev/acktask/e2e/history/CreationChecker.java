package dev.acktask.e2e.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks the objects that discoveries created: S9. It is strict: no cause, such as a deletion, a
 * restart, another leader or another name of the discovery, excuses a second object for a task.
 */
final class CreationChecker {
  private final History history;
  private final List<Violation> violations = new ArrayList<>();

  /** A task in the view of discoveries: a connection has one account in one region. */
  private record DiscoveredTask(String connection, String taskId) {
    static DiscoveredTask of(ObjectVersion created) {
      return new DiscoveredTask(created.connection(), created.taskId());
    }
  }

  private CreationChecker(History history) {
    this.history = history;
  }

  static List<Violation> check(History history) {
    CreationChecker checker = new CreationChecker(history);
    Map<DiscoveredTask, ObjectVersion> created = new LinkedHashMap<>();
    for (ObjectLife life : history.lives()) {
      ObjectVersion first = life.first();
      if (!first.isCreatedByDiscovery()) {
        continue;
      }
      checker.marked(first);
      checker.listed(life);
      ObjectVersion earlier = created.putIfAbsent(DiscoveredTask.of(first), first);
      if (earlier != null) {
        checker.report(first, "its task already had " + earlier);
      }
    }
    return checker.violations;
  }

  private void marked(ObjectVersion first) {
    if (first.discovery().isEmpty()) {
      report(first, "has no label " + ObjectVersion.DISCOVERED_BY);
    }
    if (first.clusterId().isEmpty()) {
      report(first, "has no spec.clusterId");
    }
  }

  /** The regions of an object are known only once it has a status. */
  private void listed(ObjectLife life) {
    ObjectVersion first = life.first();
    boolean wasListed =
        history.calls().lists().stream()
            .filter(list -> !list.asked().isAfter(first.observedAt()))
            .filter(list -> list.clusterId().equals(first.clusterId()))
            .filter(list -> life.regions().isEmpty() || life.regions().contains(list.region()))
            .anyMatch(list -> list.taskIds().contains(first.taskId()));
    if (!wasListed) {
      report(first, "no earlier list of " + first.clusterId() + " has " + first.taskId());
    }
  }

  private void report(ObjectVersion where, String what) {
    violations.add(Violation.of(Invariant.S9, where, what));
  }
}
