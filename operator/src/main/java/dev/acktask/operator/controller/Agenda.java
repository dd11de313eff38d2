package dev.acktask.operator.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When each object is due, by uid and a monotonic clock: an event of Kubernetes must not cause a
 * poll before its time, and a step of the wall clock none at all. Nothing here is needed for a
 * right answer; losing it (a restart) only moves polls.
 */
final class Agenda {
  /** An entry that nobody came back for is an object that is gone. */
  private static final long FORGOTTEN_NANOS = Duration.ofMinutes(30).toNanos();

  private static final int VISITS_BETWEEN_SWEEPS = 1024;

  /** Timers fire a little early or late; this much early still counts as due. */
  private static final long EARLY_NANOS = Duration.ofMillis(50).toNanos();

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private int visits;

  Agenda(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * What is remembered of one object.
   *
   * @param due on the monotonic clock, nanoseconds
   * @param promised whether the budget has granted the request that is due then
   * @param missing null unless the task was not found at the last look
   * @param stumbles failures of the operator itself in a row, for their backoff
   */
  private record Entry(long due, boolean promised, @Nullable Missing missing, int stumbles) {}

  /**
   * That a task is not found; of another one, which the object may ask for next, it says nothing.
   *
   * @param since see {@link dev.acktask.operator.decision.Decision#notFoundSince}
   */
  private record Missing(@Nullable String taskId, Instant since) {}

  /** True when nothing is known of the object: it is new, or the operator is. */
  boolean isFirstSight(String uid) {
    return !entries.containsKey(uid);
  }

  /** Until the object is due; zero when it is. */
  Duration untilDue(String uid) {
    Entry entry = entries.get(uid);
    long left = entry == null ? 0 : entry.due - nanoTime.getAsLong();
    return left <= EARLY_NANOS ? Duration.ZERO : Duration.ofNanos(left);
  }

  /** True when the budget has granted the request that is due. */
  boolean isPromised(String uid) {
    Entry entry = entries.get(uid);
    return entry != null && entry.promised;
  }

  /**
   * Since when the object's looks for {@code taskId} have found nothing; null when they did not.
   */
  @Nullable Instant notFoundSince(String uid, @Nullable String taskId) {
    Missing missing = missing(uid);
    return missing == null || !Objects.equals(missing.taskId, taskId) ? null : missing.since;
  }

  /** Notes that the object is due after {@code wait}, with nothing promised. */
  void postpone(String uid, Duration wait) {
    put(uid, wait, false, missing(uid), stumbles(uid));
  }

  /** Notes that the request of the object has been promised for after {@code wait}. */
  void promise(String uid, Duration wait) {
    put(uid, wait, true, missing(uid), stumbles(uid));
  }

  /** Notes a look that ended well. */
  void looked(String uid, Duration next, @Nullable String taskId, @Nullable Instant notFoundSince) {
    put(uid, next, false, notFoundSince == null ? null : new Missing(taskId, notFoundSince), 0);
  }

  /** Notes a failure of the operator itself and returns how many there were in a row. */
  int stumbled(String uid, Duration wait) {
    int stumbles = stumbles(uid) + 1;
    put(uid, wait, false, missing(uid), stumbles);
    return stumbles;
  }

  int stumbles(String uid) {
    Entry entry = entries.get(uid);
    return entry == null ? 0 : entry.stumbles;
  }

  void forget(String uid) {
    entries.remove(uid);
  }

  int size() {
    return entries.size();
  }

  private @Nullable Missing missing(String uid) {
    Entry entry = entries.get(uid);
    return entry == null ? null : entry.missing;
  }

  private void put(
      String uid, Duration wait, boolean promised, @Nullable Missing missing, int stumbles) {
    long now = nanoTime.getAsLong();
    entries.put(uid, new Entry(now + wait.toNanos(), promised, missing, stumbles));
    sweep(now);
  }

  /** Every living object is visited at its time at the latest; the others are forgotten here. */
  private synchronized void sweep(long now) {
    if (++visits % VISITS_BETWEEN_SWEEPS == 0) {
      entries.values().removeIf(entry -> now - entry.due > FORGOTTEN_NANOS);
    }
  }
}
