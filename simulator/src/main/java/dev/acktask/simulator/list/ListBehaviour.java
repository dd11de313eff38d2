package dev.acktask.simulator.list;

import java.time.Duration;
import java.util.Optional;

/**
 * How DescribeClusterTasks behaves where its documentation is silent, and how it may misbehave.
 *
 * @param order of the tasks
 * @param updated which changes move the time {@code updated} of an entry
 * @param retention of finished tasks
 * @param delay from the creation of a task until it is listed
 * @param ignoresFilters true lists every task whatever {@code state}, {@code type}, {@code
 *     task_type} and {@code target_id} say
 * @param paging of the list
 */
public record ListBehaviour(
    Order order,
    Updated updated,
    Retention retention,
    Duration delay,
    boolean ignoresFilters,
    Paging paging) {
  /** Newest first, complete, and no surprises. */
  public static final ListBehaviour DEFAULT = builder().build();

  /** The order of the tasks; equal times are ordered by id. */
  public enum Order {
    CREATED_DESCENDING,
    CREATED_ASCENDING,
    UPDATED_DESCENDING,
    UPDATED_ASCENDING,
    /** Another one for each request, so that pages repeat and miss tasks. */
    RANDOM
  }

  /** Which changes of a task move its time {@code updated} in the list. */
  public enum Updated {
    EVERY_STEP,
    STATE_CHANGES,
    /** It always is the time of the creation. */
    NEVER
  }

  /**
   * Which finished tasks are listed; DescribeTaskInfo knows the others as well.
   *
   * @param time from the end of a task until it is no longer listed; empty for no limit
   * @param count at most so many, those that ended last; {@link Integer#MAX_VALUE} for all
   */
  public record Retention(Optional<Duration> time, int count) {
    /** Everything is listed. */
    public static final Retention UNLIMITED = new Retention(Optional.empty(), Integer.MAX_VALUE);
  }

  /**
   * The pages of a list.
   *
   * @param totalCountError added to {@code total_count}
   * @param overlap each page begins with so many entries of the page before, as if so many tasks
   *     had been created meanwhile
   * @param maxPageSize a larger {@code page_size} counts as this one
   * @param hasTokens false leaves out {@code next_token} and ignores it
   */
  public record Paging(int totalCountError, int overlap, int maxPageSize, boolean hasTokens) {
    /** The largest page that ACK's own tools use. */
    public static final int MAX_PAGE_SIZE = 100;

    /** Correct pages. */
    public static final Paging DEFAULT = new Paging(0, 0, MAX_PAGE_SIZE, true);
  }

  /** A builder of {@link #DEFAULT}. */
  public static Builder builder() {
    return new Builder();
  }

  /** Builds a {@link ListBehaviour} by the names of its components. */
  public static final class Builder {
    private Order order = Order.CREATED_DESCENDING;
    private Updated updated = Updated.EVERY_STEP;
    private Retention retention = Retention.UNLIMITED;
    private Duration delay = Duration.ZERO;
    private boolean ignoresFilters;
    private Paging paging = Paging.DEFAULT;

    private Builder() {}

    public Builder order(Order order) {
      this.order = order;
      return this;
    }

    public Builder updated(Updated updated) {
      this.updated = updated;
      return this;
    }

    public Builder retention(Retention retention) {
      this.retention = retention;
      return this;
    }

    public Builder delay(Duration delay) {
      this.delay = delay;
      return this;
    }

    public Builder ignoresFilters(boolean ignoresFilters) {
      this.ignoresFilters = ignoresFilters;
      return this;
    }

    public Builder paging(Paging paging) {
      this.paging = paging;
      return this;
    }

    public ListBehaviour build() {
      return new ListBehaviour(order, updated, retention, delay, ignoresFilters, paging);
    }
  }
}
