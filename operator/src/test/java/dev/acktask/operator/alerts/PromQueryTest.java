package dev.acktask.operator.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class PromQueryTest {
  @Test
  void shouldFindOnlyTheNamesOfMetrics() {
    assertEquals(
        Set.of("a_total", "b", "c_bucket", "up"),
        PromQuery.metrics(
            """
            sum by (x, y) (rate(a_total{outcome=~"{odd}|d#"}[$__rate_interval])) > 1e3 # threshold
              and on (x) label_replace(b == 1, "n", "$1", "e", "(.+)")
              unless histogram_quantile(0.99, c_bucket) * on (x) group_left (z) up offset 5m
            """));
  }
}
