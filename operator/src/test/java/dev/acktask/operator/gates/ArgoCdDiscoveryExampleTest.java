package dev.acktask.operator.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Argo CD's health check of discoveries. */
final class ArgoCdDiscoveryExampleTest {
  private final HealthCheck check = new HealthCheck("AckTaskDiscovery");

  @ParameterizedTest
  @CsvSource({
    "True, True, Degraded",
    "True, False, Healthy",
    "False, True, Degraded",
    "Unknown, True, Progressing"
  })
  void shouldBeHealthyOnlyWhenReadyAndNotLimited(String ready, String limited, String expected)
      throws IOException {
    ObjectNode object = check.testdata("limited");
    ((ObjectNode) object.at("/status/conditions/0")).put("status", ready);
    ((ObjectNode) object.at("/status/conditions/1")).put("status", limited);

    assertEquals(expected, check.of(object).status());
  }
}
