package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.gate.GateSelection;
import dev.acktask.operator.gate.GateSettings.Condition.SelectedSucceeded;
import dev.acktask.operator.kubernetes.CachedLabels;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The AckTasks that selectors may select. Their names are kept for each gate, so that a reconcile
 * reads these and not the whole namespace. A name is kept after its AckTask has lost the labels or
 * is gone; only the cache says what it has now. Thread-safe.
 */
final class SelectedAckTasks {
  /** Of a gate with more names the whole namespace is read each time. */
  static final int MAX_NAMES = 4 * GateSpec.MAX_TASKS;

  private static final class Names {
    private final SelectedSucceeded selector;
    private final Set<String> names = new HashSet<>();
    private boolean isComplete;
    private boolean isCut;

    Names(SelectedSucceeded selector) {
      this.selector = selector;
    }

    void add(String name) {
      isCut |= names.size() >= MAX_NAMES && !names.contains(name);
      if (isCut) {
        names.clear();
      } else {
        names.add(name);
      }
    }
  }

  private final GateTaskCache tasks;
  private final Map<ResourceID, Names> gates = new HashMap<>();

  SelectedAckTasks(GateTaskCache tasks) {
    this.tasks = tasks;
  }

  /** The cached AckTasks that the selector of the gate selects, or that it may select. */
  List<AckTask> of(ResourceID gate, SelectedSucceeded selector) {
    String namespace = gate.getNamespace().orElse("");
    Optional<Set<String>> names = names(gate, selector);
    if (names.isPresent()) {
      return names.get().stream()
          .flatMap(name -> tasks.find(namespace, name).stream())
          .filter(task -> mayBeSelected(selector, task))
          .toList();
    }
    // Changes from now on are added as well, so that none is missed in between.
    List<AckTask> all =
        tasks.in(namespace).stream().filter(task -> mayBeSelected(selector, task)).toList();
    complete(gate, selector, all);
    return all;
  }

  /** As {@link #of}, but read from the whole namespace, whatever names are kept. */
  List<AckTask> readAgain(ResourceID gate, SelectedSucceeded selector) {
    remove(gate);
    return of(gate, selector);
  }

  /** The AckTask with this name changed, and the selector of the gate may select it. */
  synchronized void add(ResourceID gate, String name) {
    Names known = gates.get(gate);
    if (known != null) {
      known.add(name);
    }
  }

  /** The gate reads no AckTasks any more. */
  synchronized void remove(ResourceID gate) {
    gates.remove(gate);
  }

  private synchronized Optional<Set<String>> names(ResourceID gate, SelectedSucceeded selector) {
    Names known = gates.get(gate);
    if (known == null || !known.selector.equals(selector)) {
      gates.put(gate, new Names(selector));
      return Optional.empty();
    }
    return known.isComplete && !known.isCut
        ? Optional.of(Set.copyOf(known.names))
        : Optional.empty();
  }

  private synchronized void complete(
      ResourceID gate, SelectedSucceeded selector, List<AckTask> all) {
    Names known = gates.get(gate);
    if (known != null && known.selector.equals(selector)) {
      all.forEach(task -> known.add(task.getMetadata().getName()));
      known.isComplete = true;
    }
  }

  private static boolean mayBeSelected(SelectedSucceeded selector, AckTask task) {
    Map<String, String> labels =
        Objects.requireNonNullElse(task.getMetadata().getLabels(), Map.of());
    return !CachedLabels.areAllKnown(labels)
        || new GateSelection(selector).selects(task.getMetadata().getName(), labels);
  }
}
