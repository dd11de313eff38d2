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

  private static final Duration INTERVAL = Duration.ofSeconds(8);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

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

  @Test
  void shouldBeginTheNextPassOneIntervalAfterTheLastOneWasDue() {
    // given
    spaced();
    long due = listing.due();

    // when
    listing.begin(due + SECOND / 10, BEGAN);
    succeedPass();
    listing.scheduleNext(due + SECOND, INTERVAL, 0.9);

    // then
    assertEquals(due + INTERVAL.toNanos(), listing.due());
  }

  @Test
  void shouldSpreadListsThatBeganAtTheSameTimeOverTheInterval() {
    succeed(3);

    listing.scheduleNext(20, INTERVAL, 0.25);

    assertEquals(20 + INTERVAL.toNanos() / 4, listing.due());
  }

  @Test
  void shouldSpreadAgainAfterAFailureAndAfterARequestToBeginAtOnce() {
    // given
    spaced();
    failed(FakeLists.DOWN, 0.5);
    succeed(3);

    // when
    listing.scheduleNext(20, INTERVAL, 0.25);
    long afterFailure = listing.due();
    listing.expedite(30);
    succeed(3);
    listing.scheduleNext(40, INTERVAL, 0.25);

    // then
    assertEquals(20 + INTERVAL.toNanos() / 4, afterFailure);
    assertEquals(40 + INTERVAL.toNanos() / 4, listing.due());
  }

  @Test
  void shouldSpreadAgainOnlyIfTheIntervalChangesMuch() {
    // given
    spaced();
    long due = listing.due();
    Duration longer = INTERVAL.multipliedBy(5).dividedBy(4);
    succeed(3);

    // when
    listing.scheduleNext(due, longer, 0.25);
    long second = listing.due();
    succeed(3);
    listing.scheduleNext(second, INTERVAL.multipliedBy(2), 0.25);

    // then
    assertEquals(due + longer.toNanos(), second);
    assertEquals(second + INTERVAL.toNanos() / 2, listing.due());
  }

  @Test
  void shouldWaitAtLeastHalfAnIntervalAfterASlowPass() {
    // given
    spaced();
    long late = listing.due() + INTERVAL.toNanos();
    succeed(3);

    // when
    listing.scheduleNext(late, INTERVAL, 0);

    // then
    assertEquals(late + INTERVAL.toNanos() / 2, listing.due());
  }

  /** After a pause of the whole process all are late. */
  @Test
  void shouldNotBringLateListsTogether() {
    spaced();
    long late = listing.due() + 10 * INTERVAL.toNanos();
    succeed(3);

    listing.scheduleNext(late, INTERVAL, 0.5);

    assertEquals(late + INTERVAL.toNanos() * 3 / 4, listing.due());
  }

  /** Its passes follow each other evenly. */
  private void spaced() {
    succeed(3);
    listing.scheduleNext(20, INTERVAL, 0);
  }

  private void succeedPass() {
    listing.add(FakeLists.pageOf(clusters(3), null), 100);
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
