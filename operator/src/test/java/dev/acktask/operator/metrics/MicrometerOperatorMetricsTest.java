package dev.acktask.operator.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.util.List;
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
