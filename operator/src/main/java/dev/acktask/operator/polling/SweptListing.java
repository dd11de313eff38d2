package dev.acktask.operator.polling;

import dev.acktask.operator.backoff.ExponentialBackoff;
import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.task.ListPage;
import dev.acktask.operator.task.PageRequest;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One list that is swept: when its next page is read, and the pass under way. At most one page is
 * read at a time. Times are values of one monotonic clock in nanoseconds. Not thread-safe.
 */
final class SweptListing<T> {
  /** Wait after a refusal that only a changed policy ends. */
  static final Duration FORBIDDEN_RETRY = Duration.ofMinutes(10);

  /** An interval that changes by more than this part of itself spreads the lists again. */
  private static final int MAX_DRIFT = 4;

  private static final ExponentialBackoff BACKOFF =
      new ExponentialBackoff(Duration.ofSeconds(5), Duration.ofMinutes(5), 0.25);

  private final SweptList list;
  private final String clusterId;
  private final Function<T, ?> identity;
  private final int maxItems;
  private @Nullable SweepPass<T> pass;
  private boolean isReading;
  private long due;
  private int failures;
  private int pages = 1;

  /** Time between the passes while they follow each other evenly; null before that. */
  private @Nullable Duration spacing;

  /**
   * @param clusterId for {@link SweptList#TASKS}; else empty
   * @param identity of an item
   * @param maxItems of one pass
   * @param due of the first page
   */
  SweptListing(SweptList list, String clusterId, Function<T, ?> identity, int maxItems, long due) {
    this.list = list;
    this.clusterId = clusterId;
    this.identity = identity;
    this.maxItems = maxItems;
    this.due = due;
  }

  String clusterId() {
    return clusterId;
  }

  /** True while a page is read. */
  boolean isReading() {
    return isReading;
  }

  /** True if neither a page nor a wait after a failure would be forgotten. */
  boolean isForgettable(long now) {
    return !isReading && (failures == 0 || due - now <= 0);
  }

  /**
   * When the next page may be read. During a pass this is the time of its first page, so that a
   * pass goes before those that began to be due later.
   */
  long due() {
    return due;
  }

  /** Pages of the last pass; 1 before the first one. */
  int pages() {
    return pages;
  }

  /** Begins the next pass at once, unless one is under way. */
  void expedite(long now) {
    if (pass == null) {
      due = now;
      spacing = null; // many lists may begin at once
    }
  }

  /** Begins to read the next page. */
  PageCall begin(long now, Instant time) {
    if (pass == null) {
      pass = new SweepPass<>(identity, maxItems, now, time);
    }
    isReading = true;
    PageRequest page = Objects.requireNonNull(pass.next(), "pass under way");
    return new PageCall(list, clusterId, page, due, now);
  }

  /** Ends a pass that is not wanted any more. */
  void abandon() {
    if (!isReading) {
      pass = null;
      spacing = null;
    }
  }

  /**
   * Adds the page that was read.
   *
   * @param maxPages a pass with more pages is ended before its end
   * @return the pass if it has ended; its {@link #scheduleNext} is next
   */
  Optional<SweepPass<T>> add(ListPage<T> page, int maxPages) {
    SweepPass<T> current = Objects.requireNonNull(pass, "pass under way");
    isReading = false;
    current.add(page);
    if (current.next() != null && current.pages() < maxPages) {
      return Optional.empty();
    }
    pass = null;
    failures = 0;
    pages = current.pages() + (current.next() == null ? 0 : 1); // one more at least
    return Optional.of(current);
  }

  /**
   * The page could not be read: the pass has failed.
   *
   * @return the failed pass
   */
  SweepPass<T> fail(TaskLookup.NoAnswer cause, long now, double random) {
    SweepPass<T> failed = Objects.requireNonNull(pass, "pass under way");
    isReading = false;
    pass = null;
    spacing = null;
    Duration wait = isForbidden(cause) ? FORBIDDEN_RETRY : BACKOFF.pause(failures, random);
    failures++;
    due = now + wait.toNanos();
    return failed;
  }

  /**
   * Sets the begin of the next pass: one interval after the last one was due. So the distance
   * between two passes has no random part, and the longest is the interval. Where the passes are to
   * begin within the interval is random: lists that began at the same time do not stay together.
   *
   * @param random in [0, 1)
   */
  void scheduleNext(long now, Duration interval, double random) {
    long nanos = interval.toNanos();
    if (!isSpaced(interval)) {
      spacing = interval;
      due = now + Math.round(nanos * random);
    } else if (due + nanos - (now + nanos / 2) >= 0) {
      due += nanos;
    } else { // a slow pass, or a late one
      due = now + Math.round(nanos * (1 + random) / 2);
    }
  }

  /** True if lists that were spread over their intervals are still so with {@code interval}. */
  private boolean isSpaced(Duration interval) {
    return spacing != null
        && spacing.minus(interval).abs().compareTo(spacing.dividedBy(MAX_DRIFT)) <= 0;
  }

  private static boolean isForbidden(TaskLookup.NoAnswer cause) {
    return cause instanceof TaskLookup.Rejected rejected
        && (rejected.cause() == Refusal.FORBIDDEN
            || rejected.cause() == Refusal.CLUSTER_NOT_ALLOWED);
  }
}
