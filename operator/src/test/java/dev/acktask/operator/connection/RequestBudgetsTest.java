package dev.acktask.operator.connection;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RequestBudgetsTest {
  private static final Optional<String> ACCOUNT = Optional.of("1000000000000001");

  private long now = Long.MAX_VALUE - 5_000_000_000L; // overflows during the test, as nanoTime may
  private final RequestBudgets budgets = new RequestBudgets(() -> now);

  @Test
  void shouldLimitConnectionsOfOneAccountTogether() {
    RequestBudget first = budgets.create(60, 3, ACCOUNT);
    RequestBudget second = budgets.create(60, 3, ACCOUNT);

    assertEquals(2, acquire(first, 2));
    assertEquals(1, acquire(second, 10));
    assertEquals(Duration.ofSeconds(1), first.tryAcquire());
  }

  @Test
  void shouldLimitEachConnectionByItsOwnBudgetToo() {
    RequestBudget large = budgets.create(600, 30, ACCOUNT);
    RequestBudget small = budgets.create(60, 3, ACCOUNT);

    assertEquals(3, acquire(small, 10));
    assertEquals(27, acquire(large, 100));
  }

  @Test
  void shouldTakeNothingFromAConnectionWhileTheAccountHasNothing() {
    RequestBudget first = budgets.create(60, 3, ACCOUNT);
    RequestBudget second = budgets.create(60, 3, ACCOUNT);
    acquire(first, 3);
    acquire(second, 10);

    now += Duration.ofSeconds(3).toNanos();

    assertEquals(3, acquire(second, 10));
  }

  @Test
  @Tag("F40")
  void shouldPauseAllConnectionsOfTheAccountOnly() {
    // given
    RequestBudget first = budgets.create(60, 3, ACCOUNT);
    RequestBudget second = budgets.create(60, 3, ACCOUNT);
    RequestBudget other = budgets.create(60, 3, Optional.of("1000000000000002"));
    RequestBudget unknown = budgets.create(60, 3, Optional.empty());

    // when
    first.pause(Duration.ofSeconds(10));

    // then
    assertEquals(Duration.ofSeconds(10), second.tryAcquire());
    assertEquals(Duration.ZERO, other.tryAcquire());
    assertEquals(Duration.ZERO, unknown.tryAcquire());
  }

  @Test
  void shouldKeepAPauseWhenTheLimitIsRaised() {
    RequestBudget first = budgets.create(60, 3, ACCOUNT);
    first.pause(Duration.ofSeconds(10));

    RequestBudget second = budgets.create(600, 3, ACCOUNT);

    assertEquals(Duration.ofSeconds(10), second.tryAcquire());
  }

  @Test
  void shouldForgetAnAccountWithoutConnections() {
    budgets.create(60, 3, ACCOUNT);

    await()
        .until(
            () -> {
              System.gc();
              budgets.create(60, 3, Optional.empty());
              return budgets.accounts() == 0;
            });

    assertTrue(budgets.create(60, 3, ACCOUNT).tryAcquire().isZero());
  }

  /** Takes up to {@code limit} permits; their number. */
  private static int acquire(RequestBudget budget, int limit) {
    int granted = 0;
    while (granted < limit && budget.tryAcquire().isZero()) {
      granted++;
    }
    return granted;
  }
}
