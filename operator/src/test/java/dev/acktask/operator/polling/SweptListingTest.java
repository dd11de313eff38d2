package dev.acktask.operator.polling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.ListedCluster;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.TaskLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SweptListingTest {
  private static final Instant BEGAN = Instant.parse("2026-01-02T03:04:05Z");

  private final SweptListing<ListedCluster> listing =
      new SweptListing<>(SweptList.CLUSTERS, "", ListedCluster::clusterId, 1_000, 5);

  @Test
  void shouldRetryAForbiddenListAfterTenMinutes() {
    assertEquals(Duration.ofMinutes(10), failed(FakeLists.FORBIDDEN, 0.5));
    assertEquals(Duration.ofMinutes(10), failed(FakeLists.FORBIDDEN, 0.5));
  }

  @Test
  void shouldBackOffFromOtherFailuresUpToFiveMinutes() {
    assertEquals(Duration.ofSeconds(5), failed(FakeLists.DOWN, 1));
    assertEquals(Duration.ofSeconds(10), failed(FakeLists.DOWN, 1));
    for (int i = 0; i < 10; i++) {
      failed(FakeLists.DOWN, 1);
    }
    assertEquals(Duration.ofMinutes(5), failed(FakeLists.DOWN, 1));
  }

  @Test
  void shouldSpreadTheRetries() {
    assertEquals(Duration.ofMillis(3_750), failed(FakeLists.DOWN, 0));
  }

  @Test
  void shouldBeginAgainWithTheFirstPauseAfterASuccess() {
    failed(FakeLists.DOWN, 1);
    failed(FakeLists.DOWN, 1);

    succeed(3);

    assertEquals(Duration.ofSeconds(5), failed(FakeLists.DOWN, 1));
  }

  @Test
  void shouldBeginWithTheFirstPageAgainAfterAFailure() {
    listing.begin(10, BEGAN);
    listing.add(FakeLists.pageOf(clusters(100), null), 100);
    PageCall second = listing.begin(11, BEGAN);
    listing.fail(FakeLists.DOWN, 12, 0);

    assertEquals(new PageRequest(2, null), second.page());
    assertEquals(PageRequest.FIRST, listing.begin(13, BEGAN).page());
  }

  @Test
  void shouldKeepTheDueTimeForAllPagesOfAPass() {
    listing.begin(10, BEGAN);

    listing.add(FakeLists.pageOf(clusters(100), null), 100);

    assertEquals(5, listing.due());
  }

  @Test
  void shouldCountOnePageMoreForAPassThatIsNotWorthItsCalls() {
    listing.begin(10, BEGAN);

    boolean isEnded = listing.add(FakeLists.pageOf(clusters(100), null), 1).isPresent();

    assertTrue(isEnded);
    assertEquals(2, listing.pages());
  }

  @Test
  void shouldNotForgetAWaitAfterAFailure() {
    failed(FakeLists.FORBIDDEN, 0);

    assertFalse(listing.isForgettable(listing.due() - 1));
    assertTrue(listing.isForgettable(listing.due()));
  }

  @Test
  void shouldNotForgetAPageThatIsRead() {
    listing.begin(10, BEGAN);

    assertFalse(listing.isForgettable(Long.MAX_VALUE));
  }

  private void succeed(int clusters) {
    listing.begin(10, BEGAN);
    listing.add(FakeLists.pageOf(clusters(clusters), null), 100);
  }

  /** The wait after a failure. */
  private Duration failed(TaskLookup.NoAnswer cause, double random) {
    listing.begin(10, BEGAN);
    listing.fail(cause, 20, random);
    return Duration.ofNanos(listing.due() - 20);
  }

  private static List<ListedCluster> clusters(int number) {
    return IntStream.range(0, number).mapToObj(i -> FakeLists.cluster("c" + i)).toList();
  }
}
