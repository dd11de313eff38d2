package dev.acktask.operator.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListedClusterTest {
  /** Else a discovery with such an id would be accepted and never swept. */
  @ParameterizedTest
  @ValueSource(strings = {"c", "c82e6987e2961451182edacd74faf1234", "C-1", "c_1", "c.1"})
  void shouldBeAnIdIfTheCrdAcceptsIt(String id) {
    assertTrue(ListedCluster.isId(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "-c", "_c", "c/1", "c%2F1", "c 1", "c\n", "c?", "\u00e9"})
  void shouldBeNoIdIfItCannotBeInAPath(String id) {
    assertFalse(ListedCluster.isId(id));
  }

  @Test
  void shouldBeAnIdOfTheseCharactersOnly() {
    String accepted = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    for (char c = 0; c < 0x180; c++) {
      assertEquals(
          accepted.indexOf(c) >= 0, ListedCluster.isId("c" + c), "U+" + Integer.toHexString(c));
    }
  }

  @Test
  void shouldBeAnIdUpTo64Characters() {
    assertTrue(ListedCluster.isId("c".repeat(64)));
    assertFalse(ListedCluster.isId("c".repeat(65)));
  }
}
