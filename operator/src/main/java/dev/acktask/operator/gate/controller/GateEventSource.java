package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Causes a reconcile of each gate that a change of an AckTask or of a list concerns. Takes in each
 * gate as soon as the informer has it, so that no later change is missed.
 */
final class GateEventSource extends AbstractEventSource<AckTask, AckTaskGate>
    implements ResourceEventAware<AckTaskGate> {
  private static final Logger log = LoggerFactory.getLogger(GateEventSource.class);

  private final ClusterLists lists;
  private final SelectedAckTasks selectedTasks;

  GateEventSource(ClusterLists lists, SelectedAckTasks selectedTasks) {
    super(AckTask.class, "tasks");
    this.lists = lists;
    this.selectedTasks = selectedTasks;
  }

  @Override
  public void onResourceCreated(AckTaskGate object) {
    guard(() -> lists.index().put(object));
  }

  @Override
  public void onResourceUpdated(AckTaskGate object, AckTaskGate before) {
    guard(
        () -> {
          lists.index().put(object);
          if (GateSnapshotFactory.of(object).isFinal()) {
            selectedTasks.remove(ResourceID.fromResource(object));
          }
        });
  }

  @Override
  public void onResourceDeleted(AckTaskGate object) {
    guard(() -> forget(ResourceID.fromResource(object)));
  }

  @Override
  public Set<AckTask> getSecondaryResources(AckTaskGate object) {
    return Set.of();
  }

  /** The gate does not exist any more. */
  void forget(ResourceID id) {
    lists.index().remove(id);
    lists.prune();
    selectedTasks.remove(id);
  }

  /**
   * An AckTask changed.
   *
   * @param versions the AckTask before and after the change; one if it was created or deleted
   */
  void taskChanged(List<AckTask> versions) {
    String name = versions.getLast().getMetadata().getName();
    guard(
        () ->
            lists
                .index()
                .concerned(versions)
                .forEach(
                    gate -> {
                      selectedTasks.add(gate, name);
                      raiseEvent(gate);
                    }));
  }

  /** Causes a reconcile of the gate with this name, if it exists. */
  void raiseEvent(ResourceID id) {
    if (isRunning()) { // else the start reconciles all objects
      guard(() -> getEventHandler().handleEvent(new Event(id)));
    }
  }

  private static void guard(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable unexpected) { // the informers and the sweeps must go on
      log.error("Unexpected failure in the events of gates; they continue", unexpected);
    }
  }
}
