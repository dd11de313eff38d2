package dev.acktask.operator.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TypeFilterTest {
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          cluster_upgrade, cluster_upgrade, true
          cluster_upgrade, cluster_upgrades, false
          cluster_*, cluster_upgrade, true
          *, '', true
          '', a, false
          *scale*, cluster_scaleout, true
          *a*b*, xxaxxbxx, true
          *a*b*, xxbxxaxx, false
          a*, b, false
          **, anything, true
          Cluster_*, cluster_upgrade, false
          """)
  void shouldMatchGlobs(String glob, String type, boolean matches) {
    assertEquals(matches, TypeFilter.matches(glob, type));
  }

  @Test
  void shouldEndSoonForAGlobThatBacktracks() {
    assertFalse(TypeFilter.matches("*a".repeat(32) + "b", "a".repeat(256)));
  }

  @Test
  void shouldPreferExclusions() {
    TypeFilter filter = new TypeFilter(List.of("nodepool_*"), List.of("*_delete"));

    assertTrue(filter.accepts("nodepool_upgrade"));
    assertFalse(filter.accepts("nodepool_delete"));
    assertFalse(filter.accepts("cluster_upgrade"));
  }

  @ParameterizedTest
  @CsvSource({
    "cluster_scaleout",
    "nodepool_scale_out",
    "scalein_nodes",
    "nodepool_scale_in",
    "elastic_scalein"
  })
  void shouldLeaveOutAutoscalingByDefault(String type) {
    assertFalse(new TypeFilter(List.of(), DiscoverySpec.DEFAULT_EXCLUDED_TYPES).accepts(type));
  }
}
