package dev.acktask.e2e.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks each gate of a history that waits for the success of AckTasks. */
final class GateChecker {
  /** The operator may not have a change yet when it writes the status of a gate. */
  private static final Duration DELAY = Duration.ofSeconds(10);

  private final History history;
  private final List<Violation> violations = new ArrayList<>();

  private GateChecker(History history) {
    this.history = history;
  }

  static List<Violation> check(History history) {
    GateChecker checker = new GateChecker(history);
    Map<String, Boolean> open = new HashMap<>();
    for (ObjectVersion gate : history.objects().gates()) {
      boolean isOpen = gate.finalState() == FinalState.SUCCEEDED && !gate.forged();
      boolean wasOpen = Boolean.TRUE.equals(open.put(gate.uid(), isOpen));
      if (isOpen && !wasOpen && !gate.deleted()) {
        checker.checkOpened(gate);
      }
    }
    return checker.violations;
  }

  private void checkOpened(ObjectVersion gate) {
    JsonNode spec = gate.object().path("spec");
    if (!spec.path("mode").asText().equals("AllSucceeded")) {
      return;
    }
    Set<String> succeeded = succeeded(gate, spec.at("/selector/matchLabels"));
    if (spec.has("selector")) {
      if (succeeded.size() < spec.path("count").asInt()) {
        report(gate, "open by " + succeeded);
      }
      return;
    }
    for (JsonNode task : spec.path("taskRefs")) {
      if (!succeeded.contains(task.path("name").asText())) {
        report(gate, "open without the success of " + task.path("name").asText());
      }
    }
  }

  /** Names of the AckTasks with these labels that are a success, or were a moment before. */
  private Set<String> succeeded(ObjectVersion gate, JsonNode labels) {
    Instant oldest = gate.observedAt().minus(DELAY);
    Map<String, ObjectVersion> current = new HashMap<>();
    Set<String> succeeded = new HashSet<>();
    for (ObjectVersion task : history.versions()) {
      if (task.revision() < gate.revision() && task.namespace().equals(gate.namespace())) {
        ObjectVersion before = current.put(task.name(), task);
        if (before != null && isSuccess(before, labels) && task.observedAt().isAfter(oldest)) {
          succeeded.add(task.name());
        }
      }
    }
    current.values().stream()
        .filter(task -> isSuccess(task, labels))
        .forEach(task -> succeeded.add(task.name()));
    return succeeded;
  }

  private static boolean isSuccess(ObjectVersion task, JsonNode labels) {
    return !task.deleted()
        && !task.forged()
        && task.finalState() == FinalState.SUCCEEDED
        && task.hasLabels(labels);
  }

  private void report(ObjectVersion gate, String what) {
    violations.add(Violation.of(Invariant.S10, gate, what));
  }
}
