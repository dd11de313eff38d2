package dev.acktask.operator;

import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.text.Parsed;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Settings that need more than the heap are refused at start. */
final class HeapCheckTest {
  private static final long HEAP_OF_DEFAULT_POD = 104L * 1024 * 1024;

  @Test
  void shouldAcceptTheDefaultsInTheDefaultPod() {
    assertEquals(Optional.empty(), HeapCheck.problem(config(1_048_576, 64), HEAP_OF_DEFAULT_POD));
    assertEquals(
        Optional.empty(), HeapCheck.problem(config(1_048_576, 1_000), HEAP_OF_DEFAULT_POD));
  }

  @Test
  void shouldNameSettingsAndHeapWhenTheyDoNotFit() {
    String problem = HeapCheck.problem(config(67_108_864, 64), HEAP_OF_DEFAULT_POD).orElseThrow();

    assertTrue(
        problem.startsWith(
            "ACKTASK_MAX_RESPONSE_BYTES 67108864 with ACKTASK_MAX_CONCURRENT_CALLS 64 needs a heap"
                + " of 1285 MiB, and this one has 104 MiB;"),
        problem);
  }

  private static OperatorConfig config(int maxResponseBytes, int maxCalls) {
    Parsed<OperatorConfig> parsed =
        OperatorConfig.parse(
            Map.of(
                "ACKTASK_DEFAULT_REGION",
                "cn-hangzhou",
                "ACKTASK_MAX_RESPONSE_BYTES",
                Integer.toString(maxResponseBytes),
                "ACKTASK_MAX_CONCURRENT_CALLS",
                Integer.toString(maxCalls)));
    return assertValid(parsed);
  }
}
