package dev.acktask.operator.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
   * @param notFoundSince see {@link dev.acktask.operator.decision.Decision#notFoundSince}
   * @param stumbles failures of the operator itself in a row, for their backoff
   */
  private record Entry(long due, boolean promised, @Nullable Instant notFoundSince, int stumbles) {}

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

  @Nullable Instant notFoundSince(String uid) {
    Entry entry = entries.get(uid);
    return entry == null ? null : entry.notFoundSince;
  }

  /** Notes that the object is due after {@code wait}, with nothing promised. */
  void postpone(String uid, Duration wait) {
    put(uid, wait, false, notFoundSince(uid), stumbles(uid));
  }

  /** Notes that the request of the object has been promised for after {@code wait}. */
  void promise(String uid, Duration wait) {
    put(uid, wait, true, notFoundSince(uid), stumbles(uid));
  }

  /** Notes a look that ended well. */
  void looked(String uid, Duration next, @Nullable Instant notFoundSince) {
    put(uid, next, false, notFoundSince, 0);
  }

  /** Notes a failure of the operator itself and returns how many there were in a row. */
  int stumbled(String uid, Duration wait) {
    int stumbles = stumbles(uid) + 1;
    put(uid, wait, false, notFoundSince(uid), stumbles);
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

  private void put(
      String uid, Duration wait, boolean promised, @Nullable Instant since, int stumbles) {
    long now = nanoTime.getAsLong();
    entries.put(uid, new Entry(now + wait.toNanos(), promised, since, stumbles));
    sweep(now);
  }

  /** Every living object is visited at its time at the latest; the others are forgotten here. */
  private synchronized void sweep(long now) {
    if (++visits % VISITS_BETWEEN_SWEEPS == 0) {
      entries.values().removeIf(entry -> now - entry.due > FORGOTTEN_NANOS);
    }
  }
}
