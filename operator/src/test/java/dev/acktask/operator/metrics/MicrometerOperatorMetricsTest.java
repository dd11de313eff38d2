package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MicrometerOperatorMetricsTest {
  private final MicrometerOperatorMetrics metrics = new MicrometerOperatorMetrics("0.0.0");

  @ParameterizedTest
  @ValueSource(
      strings = {"reconciliations_success", "reconciliations_failure", "reconciliations_retries"})
  void shouldCountFromZeroBeforeTheFirstReconcile(String counter) {
    metrics.frameworkMetrics(List.of("acktask"));

    assertEquals(0, valueOf(counter));
  }

  @Test
  void shouldCountMissedChangesOfSweepsFromZero() {
    metrics.sweepEnded("shop/production", 0);
    double before = valueOf("acktask_operator_sweep_missed_changes");

    metrics.sweepEnded("shop/production", 3);

    assertEquals(0, before);
    assertEquals(3, valueOf("acktask_operator_sweep_missed_changes"));
  }

  @Test
  void shouldCountTheSweepsOfTooManyConnectionsTogether() {
    // given
    for (int i = 0; i < RequestMeters.MAX_CONNECTIONS; i++) {
      metrics.sweepEnded("c" + i, 0);
    }

    // when
    metrics.sweepEnded("one more", 2);
    metrics.sweepEnded("and another", 3);
    metrics.sweepEnded("c1", 4);

    // then
    assertEquals(Map.of("(other)", 5.0, "c1", 4.0), missedChanges());
  }

  private Map<String, Double> missedChanges() {
    return metrics.scrape().stream()
        .filter(it -> it.getMetadata().getName().equals("acktask_operator_sweep_missed_changes"))
        .map(CounterSnapshot.class::cast)
        .flatMap(family -> family.getDataPoints().stream())
        .filter(point -> point.getValue() > 0)
        .collect(
            Collectors.toMap(
                point -> point.getLabels().get("connection"), point -> point.getValue()));
  }

  private double valueOf(String counter) {
    return metrics.scrape().stream()
        .filter(family -> family.getMetadata().getName().equals(counter))
        .map(CounterSnapshot.class::cast)
        .flatMap(family -> family.getDataPoints().stream())
        .mapToDouble(point -> point.getValue())
        .findFirst()
        .orElseThrow();
  }
}
