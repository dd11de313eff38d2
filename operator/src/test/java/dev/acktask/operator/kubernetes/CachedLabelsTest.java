package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.DiscoveryMetadata;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CachedLabelsTest {
  @Test
  void shouldKeepAllLabelsWithinTheLimit() {
    Map<String, String> labels = labels(CachedLabels.MAX);

    assertEquals(labels, CachedLabels.prune(labels));
    assertTrue(CachedLabels.areAllKnown(CachedLabels.prune(labels)));
  }

  @Test
  void shouldSayThatLabelsAreMissing() {
    Map<String, String> kept = CachedLabels.prune(labels(CachedLabels.MAX + 1));

    assertEquals(CachedLabels.MAX + 1, kept.size()); // with the mark
    assertFalse(CachedLabels.areAllKnown(kept));
    assertEquals(kept, CachedLabels.prune(kept));
  }

  @Test
  void shouldKeepTheLabelsOfDiscoveriesBeyondTheLimit() {
    Map<String, String> labels = labels(CachedLabels.MAX + 1);
    labels.put(DiscoveryMetadata.STARTED_BY, "maintenance");

    assertEquals("maintenance", CachedLabels.prune(labels).get(DiscoveryMetadata.STARTED_BY));
  }

  private static Map<String, String> labels(int number) {
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < number; i++) {
      labels.put("a%04d".formatted(i), "x");
    }
    return labels;
  }
}
