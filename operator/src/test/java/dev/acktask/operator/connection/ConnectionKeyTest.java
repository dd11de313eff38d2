package dev.acktask.operator.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.metrics.ConnectionLabel;
import org.junit.jupiter.api.Test;

final class ConnectionKeyTest {
  @Test
  void shouldHaveUniqueLabels() {
    assertEquals("production", ConnectionKey.cluster("production").label());
    assertEquals("shop/production", ConnectionKey.namespaced("shop", "production").label());
  }

  @Test
  void shouldHaveTheLabelOfTheMetricsForTheBuiltInConnection() {
    assertEquals(ConnectionLabel.BUILT_IN, ConnectionKey.BUILT_IN.label());
  }
}
