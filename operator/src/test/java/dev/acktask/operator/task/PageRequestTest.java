package dev.acktask.operator.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class PageRequestTest {
  @Test
  void shouldNumberPagesFromOne() {
    assertEquals(1, new PageRequest(1, null).number());
    assertThrows(IllegalArgumentException.class, () -> new PageRequest(0, null));
  }
}
