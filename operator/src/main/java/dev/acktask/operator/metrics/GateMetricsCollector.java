package dev.acktask.operator.metrics;

import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import io.fabric8.kubernetes.api.model.ObjectMeta;
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
 * Computes the series of the gates from the informer cache at each scrape, so that deleted objects
 * need no cleanup. Only the leader exports them.
 */
public final class GateMetricsCollector implements MultiCollector {
  /** Gates with series in the operator. */
  public static final int MAX_GATES = 1_000;

  private static final ConditionSeries CONDITIONS =
      new ConditionSeries(
          Arrays.stream(ConditionType.values())
              .map(ConditionType::apiName)
              .collect(Collectors.toUnmodifiableSet()));

  private final Supplier<List<AckTaskGate>> gates;
  private final BooleanSupplier isLeader;
  private final int limit;

  /**
   * @param gates all objects in the informer cache
   * @param isLeader false on a standby replica
   * @param limit maximum number of gates with series, the newest first
   */
  public GateMetricsCollector(
      Supplier<List<AckTaskGate>> gates, BooleanSupplier isLeader, int limit) {
    this.gates = gates;
    this.isLeader = isLeader;
    this.limit = limit;
  }

  @Override
  public MetricSnapshots collect() {
    if (!isLeader.getAsBoolean()) {
      return new MetricSnapshots();
    }
    List<AckTaskGate> all = gates.get();
    List<GaugeDataPointSnapshot> conditions = new ArrayList<>();
    all.stream()
        .sorted(Comparator.comparing(GateMetricsCollector::created).reversed())
        .limit(limit)
        .filter(gate -> gate.getStatus() != null)
        .forEach(
            gate -> conditions.addAll(CONDITIONS.of(labels(gate), gate.getStatus().conditions())));
    double withoutSeries = Math.max(all.size() - limit, 0);
    return new MetricSnapshots(
        gauge(
            "acktask_gate_status_condition",
            "1 for the current status of each condition of a gate.",
            conditions),
        gauge(
            "acktask_operator_gates_without_series",
            "Gates beyond the limit, which have no separate series.",
            List.of(TaskSamples.point(withoutSeries, Labels.EMPTY))));
  }

  private static Labels labels(AckTaskGate gate) {
    ObjectMeta meta = gate.getMetadata();
    return Labels.of("namespace", meta.getNamespace(), "acktaskgate", meta.getName());
  }

  private static GaugeSnapshot gauge(
      String name, String help, List<GaugeDataPointSnapshot> points) {
    return new GaugeSnapshot(new MetricMetadata(name, help), points);
  }

  private static String created(AckTaskGate gate) {
    return Objects.requireNonNullElse(gate.getMetadata().getCreationTimestamp(), "");
  }
}
