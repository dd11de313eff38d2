package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.DiscoveryMetadata;
import dev.acktask.operator.discovery.ObjectNames;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.kubernetes.EventRecorder;
import dev.acktask.operator.text.SafeText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Marks the AckTasks of tasks that ACK's own maintenance started, by a label and an event.
 * Thread-safe.
 */
final class MaintenanceLabels {
  /** Reason of the event. */
  static final String STARTED_BY_MAINTENANCE = "StartedByMaintenance";

  private static final int MAX_ATTEMPTED = 10_000;

  private final KnownAckTasks known;
  private final AckTaskCreator creator;
  private final EventRecorder events;

  /** Uids of the objects that were labelled or refused the label: each is tried once. */
  private final Set<String> attempted =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > MAX_ATTEMPTED;
                }
              }));

  MaintenanceLabels(KnownAckTasks known, AckTaskCreator creator, EventRecorder events) {
    this.known = known;
    this.creator = creator;
    this.events = events;
  }

  /** Records a created object, which has the label. */
  void created(AckTask task, String plan) {
    events.publish(
        task,
        List.of(
            new ObjectEvent(
                false,
                STARTED_BY_MAINTENANCE,
                "Plan " + SafeText.WORD.of(plan) + " of ACK's own maintenance started the task.",
                task.getMetadata().getUid())));
  }

  /** Adds the label to the objects of a discovery whose plan became known after their creation. */
  void add(AckTaskFactory factory, SweepInbox inbox) {
    if (inbox.hasNoMaintenance()) {
      return;
    }
    String label = ObjectNames.discoveryLabel(factory.discovery().getName());
    for (AckTask task : known.of(factory.discovery().getNamespace(), label)) {
      if (!hasLabel(task)) {
        plan(task, inbox).ifPresent(plan -> add(task, plan));
      }
    }
  }

  private void add(AckTask task, String plan) {
    if (attempted.add(task.getMetadata().getUid())
        && creator.label(task, DiscoveryMetadata.STARTED_BY, DiscoveryMetadata.MAINTENANCE)) {
      created(task, plan);
    }
  }

  private static boolean hasLabel(AckTask task) {
    return Objects.requireNonNullElse(task.getMetadata().getLabels(), Map.of())
        .containsKey(DiscoveryMetadata.STARTED_BY);
  }

  private Optional<String> plan(AckTask task, SweepInbox inbox) {
    String taskId = task.getSpec() == null ? null : task.getSpec().taskId();
    return taskId == null ? Optional.empty() : inbox.plan(known.connection(task), taskId);
  }
}
