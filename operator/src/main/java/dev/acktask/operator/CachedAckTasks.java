package dev.acktask.operator;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.controller.ControllerSettings;
import dev.acktask.operator.discovery.controller.AckTaskIndex;
import dev.acktask.operator.gate.controller.GateTaskCache;
import java.util.List;
import java.util.Optional;

/** The cache of the AckTask controller as the discoveries and the gates read it. */
record CachedAckTasks(ControllerSettings tasks) implements AckTaskIndex, GateTaskCache {
  @Override
  public List<AckTask> ofTask(String taskId) {
    return tasks.ofTask(taskId);
  }

  @Override
  public List<AckTask> ofDiscovery(String namespace, String label) {
    return tasks.ofDiscovery(namespace, label);
  }

  @Override
  public Optional<AckTask> find(String namespace, String name) {
    return tasks.find(namespace, name);
  }

  @Override
  public List<AckTask> in(String namespace) {
    return tasks.in(namespace);
  }

  @Override
  public List<AckTask> unfinished(String namespace, String clusterId) {
    return tasks.unfinished(namespace, clusterId);
  }
}
