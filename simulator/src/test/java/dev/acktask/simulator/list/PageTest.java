package dev.acktask.simulator.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acktask.simulator.list.ListBehaviour.Paging;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The pages of a list, correct and not. */
class PageTest {
  private static final Paging OVERLAPPING = new Paging(0, 1, 100, true);
  private static final List<Integer> SEVEN = IntStream.rangeClosed(1, 7).boxed().toList();

  private static Page page(Paging paging, String... query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query) {
      parameters.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
    }
    return Page.of(parameters, paging);
  }

  @Test
  void shouldHaveTheDocumentedDefaults() {
    assertEquals(new Page(0, 20, 0), page(Paging.DEFAULT));
  }

  @Test
  void shouldLimitItsSize() {
    assertEquals(100, page(Paging.DEFAULT, "page_size=500").size());
    assertEquals(3, page(new Paging(0, 0, 3, true), "page_size=500").size());
  }

  @Test
  void shouldKeepThePageSizeWhenATokenIsFollowed() {
    assertEquals(new Page(5, 2, 0), page(Paging.DEFAULT, "next_token=5", "page_size=2"));
    assertEquals(new Page(5, 3, 0), page(Paging.DEFAULT, "next_token=5", "max_results=3"));
  }

  @Test
  void shouldIgnoreTokensWhenThereAreNone() {
    Paging without = new Paging(0, 0, 100, false);
    assertEquals(new Page(2, 2, 0), page(without, "next_token=5", "page_number=2", "page_size=2"));
  }

  @Test
  void shouldRepeatTheEndOfThePageBeforeWhenPagesOverlap() {
    assertEquals(List.of(1, 2, 3), page(OVERLAPPING, "page_size=3").of(SEVEN));
    assertEquals(List.of(3, 4, 5), page(OVERLAPPING, "page_size=3", "page_number=2").of(SEVEN));
    assertEquals(List.of(5, 6, 7), page(OVERLAPPING, "page_size=3", "page_number=3").of(SEVEN));
  }

  @Test
  void shouldCountRepeatedEntriesAsIfTasksHadBeenCreated() {
    Page second = page(OVERLAPPING, "page_size=3", "page_number=2");
    assertEquals(2, second.number());
    assertEquals(8, second.total(SEVEN));
  }

  @Test
  void shouldReachEveryEntryByTokensWhenPagesOverlap() {
    // given
    List<Integer> read = new ArrayList<>();
    String token = "";

    // when
    do {
      Page page = page(OVERLAPPING, "page_size=3", "next_token=" + token);
      read.addAll(page.of(SEVEN));
      token = page.nextToken(SEVEN);
    } while (!token.isEmpty());

    // then
    assertEquals(List.of(1, 2, 3, 3, 4, 5, 5, 6, 7), read);
  }

  @Test
  void shouldBeEmptyBeyondTheEnd() {
    assertEquals(List.of(), page(Paging.DEFAULT, "page_number=9").of(SEVEN));
    assertThrows(
        ArithmeticException.class,
        () -> page(Paging.DEFAULT, "page_number=2000000000", "page_size=100"));
  }

  @Test
  void shouldRefuseWhatIsNoPositiveNumber() {
    assertThrows(IllegalArgumentException.class, () -> page(Paging.DEFAULT, "page_size=0"));
    assertThrows(IllegalArgumentException.class, () -> page(Paging.DEFAULT, "next_token=x"));
  }
}
