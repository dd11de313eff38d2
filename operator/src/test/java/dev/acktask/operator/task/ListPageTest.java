package dev.acktask.operator.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ListPageTest {
  /** Without them a page that was filtered would be taken for the last one. */
  @Test
  void shouldKeepTheNumberReceivedWhenItemsAreLeftOut() {
    ListPage<String> page = new ListPage<>(List.of("a", "b", "c"), 3, OptionalLong.of(7), "next");

    assertEquals(
        new ListPage<>(List.of("a", "c"), 3, OptionalLong.of(7), "next"),
        page.keeping(item -> !item.equals("b")));
  }

  @Test
  void shouldNumberPagesFromOne() {
    assertEquals(1, new PageRequest(1, null).number());
    assertThrows(IllegalArgumentException.class, () -> new PageRequest(0, null));
  }
}
