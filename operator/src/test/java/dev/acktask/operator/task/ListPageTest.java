package dev.acktask.operator.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ListPageTest {
  /** Without it a page that was filtered would be taken for the last one. */
  @Test
  void shouldKeepTheNumberReceivedWhenItemsAreLeftOut() {
    ListPage<String> page = new ListPage<>(List.of("a", "b", "c"), 3, OptionalLong.of(7), "next");

    assertEquals(
        new ListPage<>(List.of("a", "c"), 3, OptionalLong.of(7), "next"),
        page.keeping(item -> !item.equals("b")));
  }
}
