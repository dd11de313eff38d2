package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A cache of AckTasks in memory. */
final class FakeGateTasks implements GateTaskCache {
  private final Map<String, AckTask> tasks = new ConcurrentHashMap<>();

  void put(AckTask task) {
    tasks.put(key(task), task);
  }

  void remove(AckTask task) {
    tasks.remove(key(task));
  }

  @Override
  public Optional<AckTask> find(String namespace, String name) {
    return Optional.ofNullable(tasks.get(namespace + "/" + name));
  }

  @Override
  public List<AckTask> in(String namespace) {
    return tasks.values().stream()
        .filter(task -> task.getMetadata().getNamespace().equals(namespace))
        .toList();
  }

  @Override
  public List<AckTask> unfinished(String namespace, String clusterId) {
    return in(namespace).stream()
        .filter(task -> !AckTaskSnapshotFactory.of(task).isFinished())
        .filter(
            task ->
                clusterId.equals(task.getSpec().clusterId())
                    || (task.getStatus() != null && clusterId.equals(task.getStatus().clusterId())))
        .toList();
  }

  private static String key(AckTask task) {
    return task.getMetadata().getNamespace() + "/" + task.getMetadata().getName();
  }
}
