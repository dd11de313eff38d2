package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SweepPassTest {
  private static final int MAX_ITEMS = 10_000;

  private final SweepPass<String> pass =
      new SweepPass<>(Function.identity(), MAX_ITEMS, 0, Instant.EPOCH);

  @Test
  void shouldEndWithAShortPage() {
    pass.add(page(0, 100));
    PageRequest second = pass.next();
    pass.add(page(100, 1));

    assertEquals(new PageRequest(2, null), second);
    assertEnded(2, 101, true);
  }

  @Test
  void shouldEndWithAnEmptyPage() {
    pass.add(page(0, 0));

    assertEnded(1, 0, true);
  }

  @Test
  void shouldEndWithTheTotal() {
    pass.add(new ListPage<>(items(0, 100), 100, OptionalLong.of(100), null));

    assertEnded(1, 100, true);
  }

  @Test
  void shouldNotBelieveATotalBelowWhatWasReceived() {
    pass.add(new ListPage<>(items(0, 100), 100, OptionalLong.of(3), null));
    pass.add(new ListPage<>(items(100, 5), 5, OptionalLong.of(3), null));

    assertEnded(2, 105, true);
  }

  @Test
  void shouldNotBelieveATotalBeyondAShortPage() {
    pass.add(new ListPage<>(items(0, 99), 99, OptionalLong.of(1_000_000), null));

    assertEnded(1, 99, true);
  }

  @Test
  void shouldFollowTokensWhateverTheSizeOfThePages() {
    pass.add(page(0, 3, "a"));
    PageRequest second = pass.next();
    pass.add(page(3, 3));

    assertEquals(new PageRequest(2, "a"), second);
    assertEnded(2, 6, true);
  }

  @Test
  void shouldEndWithATokenThatComesAgain() {
    pass.add(page(0, 3, "a"));
    pass.add(page(3, 3, "b"));
    pass.add(page(6, 3, "a"));

    assertEnded(3, 9, false);
  }

  @Test
  void shouldEndWithAnEmptyPageThatHasAToken() {
    pass.add(page(0, 3, "a"));
    pass.add(page(3, 0, "b"));

    assertEnded(2, 3, false);
  }

  @Test
  void shouldNotSendBackAHugeToken() {
    pass.add(page(0, 3, "x".repeat(5_000)));

    assertEnded(1, 3, false);
  }

  @Test
  void shouldTakeAnEmptyTokenAsNone() {
    pass.add(page(0, 100, ""));

    assertEquals(new PageRequest(2, null), pass.next());
  }

  @Test
  void shouldEndIfTheServerRepeatsAPage() {
    pass.add(page(0, 100));
    pass.add(page(0, 100));

    assertEnded(2, 100, false);
  }

  @Test
  void shouldKeepEachItemOfOverlappingPagesOnce() {
    pass.add(page(0, 100));
    pass.add(page(50, 100));
    pass.add(page(150, 0));

    assertEnded(3, 150, true);
  }

  @Test
  void shouldKeepTheLaterOfTwoItemsWithOneIdentity() {
    SweepPass<String> folded =
        new SweepPass<>(item -> item.substring(0, 1), MAX_ITEMS, 0, Instant.EPOCH);

    folded.add(new ListPage<>(List.of("a1", "b1", "a2"), 3, OptionalLong.empty(), null));

    assertEquals(List.of("a2", "b1"), folded.items());
  }

  @Test
  void shouldEndAfterHundredPages() {
    int page = 0;
    while (pass.next() != null) {
      pass.add(page(page, 1, "token" + page));
      page++;
    }

    assertEnded(SweepPass.MAX_PAGES, SweepPass.MAX_PAGES, false);
  }

  @Test
  void shouldEndWithTheMaximumOfItems() {
    pass.add(page(0, MAX_ITEMS + 1));

    assertEnded(1, MAX_ITEMS, false);
  }

  @Test
  void shouldCountUnreadableItemsForTheSizeOfAPage() {
    pass.add(new ListPage<>(items(0, 98), 100, OptionalLong.empty(), null));

    assertEquals(new PageRequest(2, null), pass.next());
  }

  private void assertEnded(int pages, int items, boolean isComplete) {
    assertNull(pass.next());
    assertEquals(pages, pass.pages());
    assertEquals(items, pass.items().size());
    if (isComplete) {
      assertTrue(pass.isComplete());
    } else {
      assertFalse(pass.isComplete());
    }
  }

  private static ListPage<String> page(int from, int size) {
    return FakeLists.pageOf(items(from, size), null);
  }

  private static ListPage<String> page(int from, int size, String token) {
    return FakeLists.pageOf(items(from, size), token);
  }

  private static List<String> items(int from, int size) {
    return IntStream.range(from, from + size).mapToObj(i -> "i" + i).toList();
  }
}
