package dev.acktask.operator.connection;

import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskNews;
import dev.acktask.operator.task.TaskRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One account in one region with its request budget. */
public final class Connection {
  /** Pause after throttling without a Retry-After. */
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(2);

  private final TaskClient client;
  private final RequestBudget budget;
  private final OperatorMetrics metrics;

  public Connection(TaskClient client, RequestBudget budget, OperatorMetrics metrics) {
    this.client = client;
    this.budget = budget;
    this.metrics = metrics;
  }

  /** Reserves one request; see {@link RequestBudget#reserve}. */
  public Duration reserve() {
    Duration wait = budget.reserve();
    metrics.budgetReserved(wait);
    return wait;
  }

  /** See {@link RequestBudget#remainingPause}. */
  public Duration remainingPause() {
    return budget.remainingPause();
  }

  /**
   * Polls {@code task}. Throttling pauses all requests of the account.
   *
   * @param known digest of the last answer for the same task, or null
   */
  public TaskNews describe(TaskRef task, @Nullable AnswerDigest known) {
    TaskNews news = known == null ? client.describe(task) : client.describe(task, known);
    if (news instanceof TaskLookup.Throttled throttled) {
      Duration requested = throttled.retryAfter();
      budget.pause(requested == null ? DEFAULT_PAUSE : requested);
    }
    return news;
  }
}
