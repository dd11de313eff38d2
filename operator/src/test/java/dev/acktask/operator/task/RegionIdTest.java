package dev.acktask.operator.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegionIdTest {
  @Test
  void shouldAcceptTheIdsOfRegions() {
    assertEquals("cn-hangzhou", RegionId.parse("cn-hangzhou").orElseThrow().id());
    assertEquals("a".repeat(64), new RegionId("a".repeat(64)).id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c", "CN-HANGZHOU", "cn.evil", "cn_x", "cn hangzhou", "cn\n", "ｃｎ"})
  void shouldRefuseWhatCouldNameAnotherHost(String id) {
    assertTrue(RegionId.parse(id).isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new RegionId(id));
  }

  @Test
  void shouldRefuseMoreThan64Characters() {
    assertTrue(RegionId.parse("a".repeat(65)).isEmpty());
  }
}
