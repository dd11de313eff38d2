package dev.acktask.operator.connection;

import dev.acktask.operator.task.AnswerDigest;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One account in one region with its request budget. */
public final class Connection {
  /** Pause after throttling without a Retry-After. */
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(2);

  private final String name;
  private final TaskClient client;
  private final RequestBudget budget;
  private final CircuitBreaker circuit;

  /**
   * @param name unique; a label of metrics
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public Connection(String name, TaskClient client, RequestBudget budget, LongSupplier nanoTime) {
    this.name = name;
    this.client = client;
    this.budget = budget;
    this.circuit = new CircuitBreaker(nanoTime);
  }

  public String name() {
    return name;
  }

  /** See {@link RequestBudget#tryAcquire}. */
  public Duration tryAcquire() {
    return budget.tryAcquire();
  }

  /**
   * Polls {@code task}. Throttling pauses all requests of the account. While the cloud refuses the
   * credential, most polls make no request and return the last refusal.
   *
   * @param known digest of the last answer for the same task, or null
   */
  public TaskLookup describe(TaskRef task, @Nullable AnswerDigest known) {
    TaskLookup lookup =
        circuit.call(() -> known == null ? client.describe(task) : client.describe(task, known));
    if (lookup instanceof TaskLookup.Throttled throttled) {
      Duration requested = throttled.retryAfter();
      budget.pause(requested == null ? DEFAULT_PAUSE : requested);
    }
    return lookup;
  }
}
