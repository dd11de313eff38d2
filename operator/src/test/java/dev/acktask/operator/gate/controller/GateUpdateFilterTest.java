package dev.acktask.operator.gate.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.GateSpec;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class GateUpdateFilterTest {
  @Test
  void shouldIgnoreMetadata() {
    assertAccepts(false, gate -> gate.getMetadata().setLabels(Map.of("a", "b")));
    assertAccepts(false, gate -> gate.getMetadata().setResourceVersion("2"));
  }

  @Test
  void shouldAcceptWhatADecisionReads() {
    assertAccepts(true, gate -> gate.getMetadata().setUid("another"));
    assertAccepts(true, gate -> gate.getMetadata().setGeneration(2L));
    assertAccepts(true, gate -> gate.getMetadata().setDeletionTimestamp("2026-01-02T03:05:00Z"));
    assertAccepts(true, gate -> gate.setSpec(GateSpec.NOTHING));
    assertAccepts(
        true, gate -> gate.setStatus(new GateStatus(1L, "Succeeded", null, null, List.of())));
  }

  private static void assertAccepts(boolean expected, Consumer<AckTaskGate> change) {
    AckTaskGate changed = Gates.named("one", "a");
    change.accept(changed);

    assertEquals(expected, GateUpdateFilter.accepts(changed, Gates.named("one", "a")));
  }
}
