package dev.acktask.operator.metrics;

import dev.acktask.operator.api.v1alpha1.Condition;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.Set;

/**
 * The series of the conditions of one kind. Omits what the operator never writes, so that a forged
 * status creates no labels.
 *
 * @param types of the conditions that the kind has
 */
record ConditionSeries(Set<String> types) {
  private static final Set<String> STATUSES =
      Set.of(Condition.TRUE, Condition.FALSE, Condition.UNKNOWN);

  /** 1 for the status of each condition. */
  List<GaugeDataPointSnapshot> of(Labels object, List<Condition> conditions) {
    return conditions.stream()
        .filter(it -> types.contains(it.type()) && STATUSES.contains(it.status()))
        .map(it -> object.merge(Labels.of("condition", it.type(), "status", it.status())))
        .distinct()
        .map(it -> TaskSamples.point(1, it))
        .toList();
  }
}
