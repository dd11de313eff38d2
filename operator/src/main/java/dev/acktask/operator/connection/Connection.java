package dev.acktask.operator.connection;

import dev.acktask.operator.task.Fingerprint;
import dev.acktask.operator.task.TaskClient;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskNews;
import dev.acktask.operator.task.TaskRef;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One account in one region, with the budget that all its tasks share. */
public final class Connection {
  /** How long an account rests that is throttled without being told for how long. */
  private static final Duration UNTOLD_PAUSE = Duration.ofSeconds(2);

  private final TaskClient client;
  private final RequestBudget budget;
  private final Consumer<Duration> onReserved;

  public Connection(TaskClient client, RequestBudget budget) {
    this(client, budget, wait -> {});
  }

  /**
   * @param onReserved is told how long each granted request has to wait
   */
  public Connection(TaskClient client, RequestBudget budget, Consumer<Duration> onReserved) {
    this.client = client;
    this.budget = budget;
    this.onReserved = onReserved;
  }

  /** Asks for leave to make one request; see {@link RequestBudget#reserve}. */
  public Duration reserve() {
    Duration wait = budget.reserve();
    onReserved.accept(wait);
    return wait;
  }

  /** How long even promised requests have to wait; zero as a rule. */
  public Duration paused() {
    return budget.paused();
  }

  /**
   * Reads {@code task}; an answer that asks for a pause slows the whole account.
   *
   * @param known the last answer for this very task, which need not be read again; null when there
   *     is none
   */
  public TaskNews describe(TaskRef task, @Nullable Fingerprint known) {
    TaskNews news = known == null ? client.describe(task) : client.describe(task, known);
    if (news instanceof TaskLookup.Throttled throttled) {
      Duration asked = throttled.retryAfter();
      budget.pause(asked == null ? UNTOLD_PAUSE : asked);
    }
    return news;
  }
}
