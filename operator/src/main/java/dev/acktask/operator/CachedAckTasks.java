package dev.acktask.operator;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.controller.ControllerSettings;
import dev.acktask.operator.discovery.controller.AckTaskIndex;
import java.util.List;

/** The cache of the AckTask controller as the discoveries read it. */
record CachedAckTasks(ControllerSettings tasks) implements AckTaskIndex {
  @Override
  public List<AckTask> ofTask(String taskId) {
    return tasks.ofTask(taskId);
  }

  @Override
  public List<AckTask> ofDiscovery(String namespace, String label) {
    return tasks.ofDiscovery(namespace, label);
  }
}
