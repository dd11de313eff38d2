package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One budget for all bodies: bounded, fair, and free of deadlocks between half-read bodies. */
@Timeout(60)
final class BodyBudgetTest {
  private static final Duration AMPLE = Duration.ofSeconds(30);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void shouldGrantEveryBodyItsFirstPiece() throws Exception {
    BodyBudget budget = new BodyBudget(0);
    BodyBudget.Share large = within(budget, AMPLE);
    grow(large, 10); // with the reserve

    for (int i = 0; i < 1_000; i++) {
      within(budget, Duration.ZERO).grow();
    }
  }

  @Test
  void shouldRefuseGrowthWhenTheDeadlineHasPassed() throws Exception {
    BodyBudget budget = new BodyBudget(0);
    grow(within(budget, AMPLE), 2);
    BodyBudget.Share late = within(budget, Duration.ofMillis(50));
    late.grow();

    assertThrows(BodyBudget.Exhausted.class, late::grow);
  }

  @Test
  void shouldReleaseAWholeShareWhenClosed() throws Exception {
    BodyBudget budget = new BodyBudget(3L * BodyBudget.PIECE);
    for (int round = 0; round < 100; round++) {
      try (BodyBudget.Share one = within(budget, Duration.ZERO);
          BodyBudget.Share two = within(budget, Duration.ZERO)) {
        grow(one, 4);
        grow(two, 9); // the reserve
      }
    }
  }

  /** Sixteen half-read bodies need three times the budget: each one completes. */
  @Test
  void shouldFinishAllWhenAllAreHalfRead() throws Exception {
    BodyBudget budget = new BodyBudget(16L * BodyBudget.PIECE);
    List<BodyBudget.Share> half = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      BodyBudget.Share share = within(budget, AMPLE);
      grow(share, 2);
      half.add(share);
    }
    List<Future<Void>> rest = new ArrayList<>();
    for (BodyBudget.Share share : half) {
      rest.add(
          threads.submit(
              () -> {
                try (share) {
                  grow(share, 2);
                }
                return null;
              }));
    }
    for (Future<Void> each : rest) {
      each.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldServeTheNextWaiterWhenTheFirstTimedOut() throws Exception {
    // given
    BodyBudget budget = new BodyBudget(0);
    BodyBudget.Share holder = within(budget, AMPLE);
    grow(holder, 2);
    BodyBudget.Share first = within(budget, Duration.ofMillis(100));
    BodyBudget.Share second = within(budget, AMPLE);
    first.grow();
    second.grow();

    // when: the first waits before the second, until its deadline
    Future<?> timedOut =
        threads.submit(() -> assertThrows(BodyBudget.Exhausted.class, first::grow));
    Future<Boolean> served =
        threads.submit(
            () -> {
              second.grow();
              return true;
            });
    timedOut.get(30, TimeUnit.SECONDS);

    // then
    assertFalse(served.isDone());

    // when
    holder.close();

    // then
    assertTrue(served.get(30, TimeUnit.SECONDS));
  }

  @Test
  void shouldFailAllWaitersWhenClosed() throws Exception {
    // given
    BodyBudget budget = new BodyBudget(0);
    grow(within(budget, AMPLE), 2);
    BodyBudget.Share waiting = within(budget, AMPLE);
    waiting.grow();
    Future<?> ended = threads.submit(() -> assertThrows(BodyBudget.Exhausted.class, waiting::grow));

    // when
    budget.close();

    // then
    ended.get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldRequireAHeapForAllFirstPiecesAndTheLargestBody() {
    long mib = 1024 * 1024;

    assertEquals(5 * (mib + 4 * mib), BodyBudget.smallestHeap(64, 1024 * 1024));
    assertTrue(BodyBudget.smallestHeap(64, 64 * 1024 * 1024) > 1024 * mib);
  }

  private static BodyBudget.Share within(BodyBudget budget, Duration time) {
    return budget.share(System.nanoTime() + time.toNanos());
  }

  private static void grow(BodyBudget.Share share, int pieces) throws Exception {
    for (int i = 0; i < pieces; i++) {
      share.grow();
    }
  }
}
