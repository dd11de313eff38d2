package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.ListedTask;
import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ListedPagesTest {
  /** Room for two pages of ten tasks, but not for three. */
  private static final int MAX_BYTES = 5_000;

  private static final AnswerDigest DIGEST = new AnswerDigest(1, 2, 3, 4);

  private long nanos = Long.MAX_VALUE - 1;
  private final ListedPages pages = new ListedPages(MAX_BYTES, () -> nanos);

  @Test
  void shouldRememberEachPageOfEachClusterAndConnection() {
    ListPage<ListedTask> page = page(DIGEST);
    read("eu", "c1", 1, page);

    assertSame(page, known("eu", "c1", 1));
    assertNull(known("eu", "c1", 2));
    assertNull(known("eu", "c2", 1));
    assertNull(known("us", "c1", 1));
  }

  @Test
  void shouldRememberTheLastPage() {
    ListPage<ListedTask> second = page(DIGEST);
    read("eu", "c1", 1, page(DIGEST));

    read("eu", "c1", 1, second);

    assertSame(second, known("eu", "c1", 1));
  }

  @Test
  void shouldRememberNoPageWithoutADigest() {
    read("eu", "c1", 1, page(DIGEST));

    read("eu", "c1", 1, page(null));

    assertNull(known("eu", "c1", 1));
  }

  @Test
  void shouldKeepThePageOfACallThatFailed() {
    ListPage<ListedTask> page = page(DIGEST);
    read("eu", "c1", 1, page);

    pages.read("eu", "c1", PageRequest.FIRST, known -> new Listing.Failed<>(FakeLists.DOWN));

    assertSame(page, known("eu", "c1", 1));
  }

  @Test
  void shouldKeepWhatItHasWhenItIsFull() {
    for (int number = 1; number <= 3; number++) {
      read("eu", "c1", number, page(DIGEST));
    }

    long kept =
        IntStream.rangeClosed(1, 3).filter(number -> known("eu", "c1", number) != null).count();

    assertEquals(2, kept);
    assertNull(known("eu", "c1", 3));
  }

  @Test
  void shouldMakeRoomForAnotherWithWhatIsNotReadAnyMore() {
    // given
    read("eu", "c1", 1, page(DIGEST));
    read("eu", "c1", 2, page(DIGEST));
    nanos += ListedPages.MAX_IDLE.minus(Duration.ofSeconds(1)).toNanos();
    read("eu", "c1", 2, page(DIGEST));

    // when
    nanos += Duration.ofSeconds(1).toNanos();
    read("eu", "c1", 3, page(DIGEST));

    // then
    assertNull(known("eu", "c1", 1));
    assertEquals(10, known("eu", "c1", 2).items().size());
    assertEquals(10, known("eu", "c1", 3).items().size());
  }

  private void read(String connection, String cluster, int number, ListPage<ListedTask> page) {
    pages.read(
        connection, cluster, new PageRequest(number, null), known -> new Listing.Listed<>(page));
  }

  private @Nullable ListPage<ListedTask> known(String connection, String cluster, int number) {
    AtomicReference<@Nullable ListPage<ListedTask>> passed = new AtomicReference<>();
    pages.read(
        connection,
        cluster,
        new PageRequest(number, null),
        known -> {
          passed.set(known);
          return new Listing.Failed<>(FakeLists.DOWN);
        });
    return passed.get();
  }

  private static ListPage<ListedTask> page(@Nullable AnswerDigest digest) {
    List<ListedTask> tasks =
        IntStream.range(0, 10).mapToObj(i -> FakeLists.task("T-" + i, "running", null)).toList();
    return new ListPage<>(tasks, tasks.size(), OptionalLong.empty(), null, digest);
  }
}
