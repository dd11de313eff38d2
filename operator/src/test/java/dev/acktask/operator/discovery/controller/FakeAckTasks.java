package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.DiscoveryMetadata;
import dev.acktask.operator.api.v1alpha1.DiscoveryReason;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** AckTasks of an API server in memory, and an informer's cache that is late. */
final class FakeAckTasks implements AckTaskIndex, AckTaskCreator {
  /** By {@code namespace/name}. */
  final Map<String, AckTask> server = new LinkedHashMap<>();

  /** Task ids in the order of their creation. */
  final List<String> created = new ArrayList<>();

  /** The reason of all refused creations; null while none is refused. */
  DiscoveryReason refusal;

  /** Creations that succeed before the refusals begin. */
  int successes;

  private final List<AckTask> cache = new ArrayList<>();

  /** Brings the cache up to date. */
  void deliver() {
    cache.clear();
    cache.addAll(server.values());
  }

  void add(AckTask task) {
    server.put(key(task), task);
    deliver();
  }

  void deleteByHand(String name) {
    server.keySet().removeIf(key -> key.endsWith("/" + name));
    deliver();
  }

  AckTask get(String key) {
    return Objects.requireNonNull(server.get(key), () -> key + " of " + server.keySet());
  }

  @Override
  public List<AckTask> ofTask(String taskId) {
    return cache.stream().filter(it -> taskId.equals(it.getSpec().taskId())).toList();
  }

  @Override
  public List<AckTask> ofDiscovery(String namespace, String label) {
    return cache.stream()
        .filter(it -> namespace.equals(it.getMetadata().getNamespace()))
        .filter(it -> label.equals(labels(it).get(DiscoveryMetadata.DISCOVERED_BY)))
        .toList();
  }

  @Override
  public Creation create(AckTask task) {
    if (refusal != null && successes == 0) {
      return new Creation.Refused(
          refusal, refusal != DiscoveryReason.CREATION_REFUSED, "Refused by the test.");
    }
    successes = Math.max(0, successes - 1);
    AckTask existing = server.get(key(task));
    if (existing != null) {
      return new Creation.Exists(existing);
    }
    task.getMetadata().setUid("uid-" + created.size());
    server.put(key(task), task);
    created.add(task.getSpec().taskId());
    return new Creation.Created(task);
  }

  @Override
  public boolean delete(AckTask read) {
    return server.remove(key(read)) != null;
  }

  @Override
  public boolean label(AckTask read, String key, String value) {
    Map<String, String> labels = new HashMap<>(labels(read));
    labels.put(key, value);
    get(key(read)).getMetadata().setLabels(labels);
    return true;
  }

  private static Map<String, String> labels(AckTask task) {
    return Objects.requireNonNullElse(task.getMetadata().getLabels(), Map.of());
  }

  private static String key(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    return meta.getNamespace() + "/" + meta.getName();
  }
}
