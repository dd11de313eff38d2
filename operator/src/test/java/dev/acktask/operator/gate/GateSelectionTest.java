package dev.acktask.operator.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.gate.GateSettings.Condition.NamedSucceeded;
import dev.acktask.operator.gate.GateSettings.Condition.NoneRunning;
import dev.acktask.operator.gate.GateSettings.Condition.SelectedSucceeded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GateSelectionTest {
  private static final GateSelection NAMED =
      new GateSelection(new NamedSucceeded(List.of("a", "b")));

  private static final GateSelection SELECTED =
      new GateSelection(
          new SelectedSucceeded(Map.of("app", "shop", "change", ""), Duration.ofHours(1), 5));

  private static final GateSelection CLUSTERS =
      new GateSelection(new NoneRunning(Set.of("c1", "c2"), "all"));

  @Test
  void shouldSelectByName() {
    assertTrue(NAMED.selects("b", Map.of()));
    assertFalse(NAMED.selects("c", Map.of("app", "shop", "change", "")));
  }

  @ParameterizedTest
  @CsvSource({
    "shop, '', true",
    "shop, 4711, false",
    "Shop, '', false",
    "'', shop, false",
  })
  void shouldSelectByAllLabels(String app, String change, boolean isSelected) {
    Map<String, String> labels = Map.of("app", app, "change", change, "other", "x");

    assertEquals(isSelected, SELECTED.selects("a", labels));
    assertEquals(isSelected, SELECTED.concerns("a", labels, "c1"));
  }

  @Test
  void shouldNotSelectATaskThatLacksALabelWithAnEmptyValue() {
    assertFalse(SELECTED.selects("a", Map.of("app", "shop")));
  }

  @Test
  void shouldConcernTasksOfTheClusters() {
    assertTrue(CLUSTERS.concerns("a", Map.of(), "c2"));
    assertFalse(CLUSTERS.concerns("a", Map.of(), "c3"));
    assertFalse(CLUSTERS.concerns("a", Map.of(), null));
    assertFalse(CLUSTERS.selects("a", Map.of()));
  }

  @Test
  void shouldNotConcernTasksOfTheClusterOfANamedTask() {
    assertTrue(NAMED.concerns("a", Map.of(), null));
    assertFalse(NAMED.concerns("c", Map.of(), "c1"));
  }
}
