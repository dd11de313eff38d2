package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import java.util.List;

/** The AckTasks in the informer's cache, of all watched namespaces. Thread-safe. */
public interface AckTaskIndex {
  /** Those with this {@code spec.taskId}. */
  List<AckTask> ofTask(String taskId);

  /**
   * Those that a discovery created.
   *
   * @param label its value of the label {@code acktask.dev/discovered-by}
   */
  List<AckTask> ofDiscovery(String namespace, String label);
}
