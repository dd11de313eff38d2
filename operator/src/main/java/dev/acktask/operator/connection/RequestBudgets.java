package dev.acktask.operator.connection;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Creates the request budgets of connections. Those of one account are limited together as well. An
 * account without connections is forgotten. Thread-safe.
 */
public final class RequestBudgets {
  private final LongSupplier nanoTime;
  private final Map<String, WeakReference<AccountBudget>> accounts = new HashMap<>();

  /**
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public RequestBudgets(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * A budget for one connection.
   *
   * @param account id of its account; empty if it is not known
   */
  public synchronized RequestBudget create(
      int requestsPerMinute, int burst, Optional<String> account) {
    accounts.values().removeIf(budget -> budget.get() == null);
    return new RequestBudget(
        requestsPerMinute,
        burst,
        account.map(id -> shared(id, requestsPerMinute, burst)),
        nanoTime);
  }

  /** Number of accounts with connections, and of those not forgotten yet. */
  synchronized int accounts() {
    return accounts.size();
  }

  private AccountBudget shared(String account, int requestsPerMinute, int burst) {
    WeakReference<AccountBudget> known = accounts.get(account);
    AccountBudget budget = known == null ? null : known.get();
    if (budget == null) {
      budget = new AccountBudget(requestsPerMinute, burst, nanoTime);
      accounts.put(account, new WeakReference<>(budget));
    }
    budget.raise(requestsPerMinute, burst);
    return budget;
  }
}
