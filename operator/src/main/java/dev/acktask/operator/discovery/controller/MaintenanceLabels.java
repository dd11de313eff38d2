package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.DiscoveryMetadata;
import dev.acktask.operator.discovery.ObjectNames;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.kubernetes.EventRecorder;
import java.util.List;
import java.util.Map;

/** Marks the AckTasks of tasks that ACK's own maintenance started, by a label and an event. */
final class MaintenanceLabels {
  /** Reason of the event. */
  static final String STARTED_BY_MAINTENANCE = "StartedByMaintenance";

  private final KnownAckTasks known;
  private final AckTaskCreator creator;
  private final EventRecorder events;

  MaintenanceLabels(KnownAckTasks known, AckTaskCreator creator, EventRecorder events) {
    this.known = known;
    this.creator = creator;
    this.events = events;
  }

  /** Records a created object, which has the label if maintenance started its task. */
  void created(AckTask task, boolean isMaintenance) {
    if (isMaintenance) {
      record(task);
    }
  }

  /** Adds the label to the objects of a discovery whose plan became known after their creation. */
  void add(AckTaskFactory factory, SweepInbox inbox) {
    if (inbox.hasNoMaintenance()) {
      return;
    }
    String label = ObjectNames.discoveryLabel(factory.discovery().getName());
    for (AckTask task : known.of(factory.discovery().getNamespace(), label)) {
      Map<String, String> labels = task.getMetadata().getLabels();
      var spec = task.getSpec();
      if (spec != null
          && spec.taskId() != null
          && !labels.containsKey(DiscoveryMetadata.STARTED_BY)
          && inbox.isMaintenance(known.connection(task), spec.taskId())
          && creator.label(task, DiscoveryMetadata.STARTED_BY, DiscoveryMetadata.MAINTENANCE)) {
        record(task);
      }
    }
  }

  private void record(AckTask task) {
    events.publish(
        task,
        List.of(
            new ObjectEvent(
                false,
                STARTED_BY_MAINTENANCE,
                "A plan of ACK's own maintenance started the task.",
                task.getMetadata().getUid())));
  }
}
