package dev.acktask.operator.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.gate.GateEvidence.ClusterList;
import dev.acktask.operator.gate.GateEvidence.Sweep;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClusterListTest {
  private static final long MAX_AGE = GateEvaluator.MAX_AGE.toNanos();

  /** A monotonic clock may overflow. */
  private static final long START = Long.MAX_VALUE - 100;

  @ParameterizedTest(name = "began {0} after the gate, {1} short of the maximum age")
  @CsvSource({
    "1, 0, true, true, false",
    "1, -1, true, false, true",
    "0, 0, true, false, false",
    "-1, 0, true, false, false",
    "200, 0, true, true, false",
    "1, 0, false, false, false",
    "1, -1, false, false, false",
    "0, -1, true, false, false"
  })
  void shouldBeUsableIfCompleteAndNewerThanTheGateAndYoung(
      long afterGate, long spare, boolean isComplete, boolean isUsable, boolean isOutdated) {
    long began = START + afterGate;
    Sweep sweep = new Sweep(began, isComplete, 2, List.of("T-1"));

    assertEquals(
        new ClusterList(isUsable, isOutdated, 2, List.of("T-1"), null),
        ClusterList.of(sweep, START, began + MAX_AGE - spare, null));
  }
}
