package dev.acktask.operator.metrics;

import dev.acktask.operator.task.ListClient;
import dev.acktask.operator.task.TaskClient;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The meters of the calls to the cloud. Each connection has separate ones until it is removed;
 * those beyond a limit share the connection {@link ConnectionLabel#OTHER}. Thread-safe.
 */
public final class RequestMeters {
  /** Connections with separate series. */
  public static final int MAX_CONNECTIONS = 1_000;

  private final MeterRegistry registry;
  private final int limit;
  private final Map<String, Set<Meter>> meters = new HashMap<>();

  /**
   * @param limit maximum number of connections with separate meters
   */
  public RequestMeters(MeterRegistry registry, int limit) {
    this.registry = registry;
    this.limit = limit;
  }

  /**
   * Counts and times the calls of {@code client}. Several clients of one connection share meters.
   *
   * @param connection value of the label
   */
  public synchronized TaskClient instrument(TaskClient client, String connection, String region) {
    return new InstrumentedTaskClient(
        client,
        add(connection)
            ? registered("DescribeTaskInfo", connection, region)
            : new OperationMeters(registry, "DescribeTaskInfo", ConnectionLabel.OTHER, ""));
  }

  /**
   * As {@link #instrument(TaskClient, String, String)}. Each operation has meters from its first
   * call on.
   */
  public synchronized ListClient instrument(ListClient client, String connection, String region) {
    return new InstrumentedListClient(
        client,
        add(connection)
            ? operation -> unlessRemoved(operation, connection, region)
            : operation ->
                Optional.of(new OperationMeters(registry, operation, ConnectionLabel.OTHER, "")));
  }

  /** False when the connection shares the meters of {@link ConnectionLabel#OTHER}. */
  private boolean add(String connection) {
    if (!meters.containsKey(connection) && meters.size() >= limit) {
      return false;
    }
    meters.computeIfAbsent(connection, none -> new HashSet<>());
    return true;
  }

  private synchronized Optional<OperationMeters> unlessRemoved(
      String operation, String connection, String region) {
    return meters.containsKey(connection)
        ? Optional.of(registered(operation, connection, region))
        : Optional.empty();
  }

  private OperationMeters registered(String operation, String connection, String region) {
    OperationMeters registered = new OperationMeters(registry, operation, connection, region);
    meters.computeIfAbsent(connection, none -> new HashSet<>()).addAll(registered.meters());
    return registered;
  }

  /** Removes the meters of a connection. Calls that are still under way are not counted. */
  public synchronized void remove(String connection) {
    Set<Meter> removed = meters.remove(connection);
    if (removed != null) {
      removed.forEach(registry::remove);
    }
  }
}
