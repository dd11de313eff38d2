package dev.acktask.operator.metrics;

import dev.acktask.operator.api.v1alpha1.ConnectionConditionType;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Computes the series of the connections from the informer cache at each scrape, so that deleted
 * objects need no cleanup. Only the leader exports them.
 */
public final class ConnectionMetricsCollector implements MultiCollector {
  private static final ConditionSeries CONDITIONS =
      new ConditionSeries(
          Arrays.stream(ConnectionConditionType.values())
              .map(ConnectionConditionType::apiName)
              .collect(Collectors.toUnmodifiableSet()));

  private final Supplier<List<CustomResource<ConnectionSpec, ConnectionStatus>>> connections;
  private final BooleanSupplier isLeader;
  private final int limit;

  /**
   * @param connections all objects in the informer caches
   * @param isLeader false on a standby replica
   * @param limit maximum number of connections with series, the oldest first: they stay when others
   *     come
   */
  public ConnectionMetricsCollector(
      Supplier<List<CustomResource<ConnectionSpec, ConnectionStatus>>> connections,
      BooleanSupplier isLeader,
      int limit) {
    this.connections = connections;
    this.isLeader = isLeader;
    this.limit = limit;
  }

  @Override
  public MetricSnapshots collect() {
    if (!isLeader.getAsBoolean()) {
      return new MetricSnapshots();
    }
    List<CustomResource<ConnectionSpec, ConnectionStatus>> all = connections.get();
    List<GaugeDataPointSnapshot> conditions = new ArrayList<>();
    List<GaugeDataPointSnapshot> tasks = new ArrayList<>();
    all.stream()
        .sorted(Comparator.comparing(ConnectionMetricsCollector::created))
        .limit(limit)
        .filter(object -> object.getStatus() != null)
        .forEach(
            object -> {
              Labels labels = labels(object);
              conditions.addAll(CONDITIONS.of(labels, object.getStatus().conditions()));
              tasks.addAll(tasks(labels, object.getStatus()));
            });
    double withoutSeries = Math.max(all.size() - limit, 0);
    return new MetricSnapshots(
        gauge(
            "acktask_connection_status_condition",
            "1 for the current status of each condition of a connection.",
            conditions),
        gauge("acktask_connection_tasks", "AckTasks that use a connection.", tasks),
        gauge(
            "acktask_operator_connections_without_series",
            "Connections beyond the limit, which have no separate series.",
            List.of(TaskSamples.point(withoutSeries, Labels.EMPTY))));
  }

  private static Labels labels(CustomResource<?, ?> object) {
    return Labels.of(
        "connection_kind",
        object.getKind(),
        "connection",
        ConnectionLabel.of(object.getMetadata()));
  }

  private static List<GaugeDataPointSnapshot> tasks(Labels labels, ConnectionStatus status) {
    ConnectionStatus.Tasks tasks = status.tasks();
    return tasks == null
        ? List.of()
        : List.of(
            TaskSamples.point(tasks.unfinished(), labels.merge(Labels.of("state", "unfinished"))),
            TaskSamples.point(
                tasks.total() - tasks.unfinished(), labels.merge(Labels.of("state", "finished"))));
  }

  private static GaugeSnapshot gauge(
      String name, String help, List<GaugeDataPointSnapshot> points) {
    return new GaugeSnapshot(new MetricMetadata(name, help), points);
  }

  private static String created(CustomResource<?, ?> object) {
    ObjectMeta meta = object.getMetadata();
    return Objects.requireNonNullElse(meta.getCreationTimestamp(), "");
  }
}
