package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.task.TaskRef;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which tasks have an AckTask in any watched namespace: those of the informer's cache, and those
 * that this process created and the cache does not have yet. Thread-safe.
 */
final class KnownAckTasks {
  /** A watch that is later than this is found by the watchdog. */
  private static final Duration MAX_DELAY = Duration.ofMinutes(10);

  private static final int MAX_RESERVED = 20_000;

  private record TaskOfConnection(ConnectionKey connection, String taskId) {}

  /**
   * A task whose AckTask is being created, or was.
   *
   * @param discovery namespace and label of the discovery
   */
  private record Reservation(String discovery, Instant since) {}

  private final AckTaskIndex index;
  private final ConnectionResolver connections;
  private final Clock clock;
  private final Map<TaskOfConnection, Reservation> reserved = new LinkedHashMap<>();

  KnownAckTasks(AckTaskIndex index, ConnectionResolver connections, Clock clock) {
    this.index = index;
    this.connections = connections;
    this.clock = clock;
  }

  /** The cached AckTask of the task with this connection. */
  Optional<AckTask> find(ConnectionKey connection, TaskRef task) {
    return index.ofTask(task.taskId()).stream()
        .filter(object -> matches(object, connection, task))
        .findFirst();
  }

  /** True if {@code object} names this task and this connection. */
  boolean matches(AckTask object, ConnectionKey connection, TaskRef task) {
    var spec = object.getSpec();
    return spec != null
        && task.taskId().equals(spec.taskId())
        && connection.equals(connection(object));
  }

  /** The connection that an AckTask names, whether or not it exists. */
  ConnectionKey connection(AckTask object) {
    var spec = object.getSpec();
    ConnectionRef ref = spec == null ? null : spec.connectionRef();
    if (ref == null) {
      return connections.keys().contains(ConnectionKey.DEFAULT)
          ? ConnectionKey.DEFAULT
          : ConnectionKey.BUILT_IN;
    }
    String name = Objects.requireNonNullElse(ref.name(), "");
    return ClusterAckConnection.KIND.equals(ref.kind())
        ? ConnectionKey.cluster(name)
        : ConnectionKey.namespaced(object.getMetadata().getNamespace(), name);
  }

  /** The cached AckTasks of a discovery. */
  List<AckTask> of(String namespace, String label) {
    return index.ofDiscovery(namespace, label);
  }

  /** Number of AckTasks of a discovery, with those that are not in the cache yet. */
  synchronized int count(String namespace, String label) {
    expire();
    List<TaskOfConnection> arrived = new ArrayList<>();
    int pending = 0;
    for (var entry : reserved.entrySet()) {
      TaskOfConnection key = entry.getKey();
      if (entry.getValue().discovery.equals(namespace + "/" + label)) {
        if (find(key.connection, new TaskRef(key.taskId)).isPresent()) {
          arrived.add(key);
        } else {
          pending++;
        }
      }
    }
    arrived.forEach(reserved::remove);
    return index.ofDiscovery(namespace, label).size() + pending;
  }

  /** Reserves the task for a creation; false if it has an AckTask, or another one creates it. */
  synchronized boolean reserve(
      ConnectionKey connection, TaskRef task, String namespace, String label) {
    expire();
    TaskOfConnection key = new TaskOfConnection(connection, task.taskId());
    if (reserved.containsKey(key)
        || reserved.size() >= MAX_RESERVED
        || find(connection, task).isPresent()) {
      return false;
    }
    reserved.put(key, new Reservation(namespace + "/" + label, clock.instant()));
    return true;
  }

  /** Ends a reservation: no AckTask was created. */
  synchronized void release(ConnectionKey connection, TaskRef task) {
    reserved.remove(new TaskOfConnection(connection, task.taskId()));
  }

  private void expire() {
    Instant oldest = clock.instant().minus(MAX_DELAY);
    reserved.values().removeIf(it -> it.since.isBefore(oldest));
  }
}
