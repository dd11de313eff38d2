package dev.acktask.operator.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Computes the series of the discoveries at each scrape. Only the leader exports them. */
public final class DiscoveryMetricsCollector implements MultiCollector {
  /** Series of each metric in the operator. */
  public static final int MAX_SERIES = 2_000;

  /** Label value of all that is beyond the limit. */
  private static final String OTHER = "(other)";

  private final Supplier<List<DiscoveryTasks>> tasks;
  private final BooleanSupplier isLeader;
  private final int limit;

  /**
   * @param isLeader false on a standby replica
   * @param limit maximum number of series of a metric; the rest is summed up by state
   */
  public DiscoveryMetricsCollector(
      Supplier<List<DiscoveryTasks>> tasks, BooleanSupplier isLeader, int limit) {
    this.tasks = tasks;
    this.isLeader = isLeader;
    this.limit = limit;
  }

  @Override
  public MetricSnapshots collect() {
    if (!isLeader.getAsBoolean()) {
      return new MetricSnapshots();
    }
    List<DiscoveryTasks> all = tasks.get();
    return new MetricSnapshots(
        gauge(
            "acktask_discovery_tasks",
            "Tasks that a discovery selects, by type and state in the list.",
            all,
            DiscoveryTasks::tasks),
        gauge(
            "acktask_discovery_tasks_without_acktask",
            "Of these, tasks that have no AckTask and never had one.",
            all,
            DiscoveryTasks::withoutAckTask));
  }

  private GaugeSnapshot gauge(
      String name, String help, List<DiscoveryTasks> all, ToIntFunction<DiscoveryTasks> value) {
    Map<Labels, Integer> sums = new TreeMap<>();
    for (DiscoveryTasks count : all) {
      Labels labels = labels(count.series());
      if (sums.size() >= limit && !sums.containsKey(labels)) {
        String state = count.series().state();
        labels = labels(new DiscoveryTasks.Series(OTHER, OTHER, OTHER, state));
      }
      sums.merge(labels, value.applyAsInt(count), Integer::sum);
    }
    List<GaugeDataPointSnapshot> points =
        sums.entrySet().stream().map(it -> TaskSamples.point(it.getValue(), it.getKey())).toList();
    return new GaugeSnapshot(new MetricMetadata(name, help), points);
  }

  private static Labels labels(DiscoveryTasks.Series series) {
    return Labels.of(
        "discovery",
        series.discovery(),
        "cluster_id",
        series.clusterId(),
        "type",
        series.type(),
        "state",
        series.state());
  }
}
