package dev.acktask.operator.controller;

import dev.acktask.operator.task.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
   * @param settled the last look that left nothing to write; null when there was none
   * @param stumbles failures of the operator itself in a row, for their backoff
   */
  private record Entry(
      long due,
      boolean promised,
      @Nullable Missing missing,
      @Nullable Settled settled,
      int stumbles) {
    private Entry with(Settled now) {
      return new Entry(due, promised, missing, now, stumbles);
    }
  }

  /**
   * That a task is not found; of another one, which the object may ask for next, it says nothing.
   *
   * @param since see {@link dev.acktask.operator.decision.Decision#notFoundSince}
   */
  private record Missing(@Nullable String taskId, Instant since) {}

  /**
   * That one answer means nothing new for one version of an object. The same answer means the same
   * as long as the object is the same and time alone changes nothing.
   *
   * @param until on the monotonic clock, nanoseconds; null when time changes nothing
   */
  private record Settled(String version, Fingerprint answer, @Nullable Long until) {}

  /** Nanoseconds of the monotonic clock. */
  long now() {
    return nanoTime.getAsLong();
  }

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

  /** The answer that would mean nothing new for the object at {@code version}, or null. */
  @Nullable Fingerprint settledBy(String uid, String version) {
    Entry entry = entries.get(uid);
    Settled settled = entry == null ? null : entry.settled;
    return settled != null && settled.version.equals(version) && !isOver(settled.until)
        ? settled.answer
        : null;
  }

  /** Until time alone changes something of a settled object; empty when it never does. */
  Optional<Duration> settledFor(String uid) {
    Entry entry = entries.get(uid);
    Long until = entry == null || entry.settled == null ? null : entry.settled.until;
    return Optional.ofNullable(until)
        .map(end -> Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong())));
  }

  /** Notes that the object is due after {@code wait}, with nothing promised. */
  void postpone(String uid, Duration wait) {
    put(uid, wait, false, missing(uid), settled(uid), stumbles(uid));
  }

  /** Notes that the request of the object has been promised for after {@code wait}. */
  void promise(String uid, Duration wait) {
    put(uid, wait, true, missing(uid), settled(uid), stumbles(uid));
  }

  /** Notes a look that ended well. */
  void looked(String uid, Duration next, @Nullable String taskId, @Nullable Instant notFoundSince) {
    Missing missing = notFoundSince == null ? null : new Missing(taskId, notFoundSince);
    put(uid, next, false, missing, null, 0);
  }

  /** Notes a look that brought again what the object was settled by. */
  void lookedAgain(String uid, Duration next) {
    put(uid, next, false, null, settled(uid), 0);
  }

  /**
   * Notes that the last look, which was just noted, left nothing to write.
   *
   * @param version of the object, its resourceVersion
   * @param quiet until time alone changes something; null when it never does
   */
  void settle(String uid, String version, Fingerprint answer, @Nullable Duration quiet) {
    Long until = quiet == null ? null : nanoTime.getAsLong() + quiet.toNanos();
    Settled settled = new Settled(version, answer, until);
    entries.computeIfPresent(uid, (same, entry) -> entry.with(settled));
  }

  /** Notes a failure of the operator itself and returns how many there were in a row. */
  int stumbled(String uid, Duration wait) {
    int stumbles = stumbles(uid) + 1;
    put(uid, wait, false, missing(uid), settled(uid), stumbles);
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

  private @Nullable Settled settled(String uid) {
    Entry entry = entries.get(uid);
    return entry == null ? null : entry.settled;
  }

  private boolean isOver(@Nullable Long moment) {
    return moment != null && nanoTime.getAsLong() - moment >= 0;
  }

  private void put(
      String uid,
      Duration wait,
      boolean promised,
      @Nullable Missing missing,
      @Nullable Settled settled,
      int stumbles) {
    long now = nanoTime.getAsLong();
    entries.put(uid, new Entry(now + wait.toNanos(), promised, missing, settled, stumbles));
    sweep(now);
  }

  /** Every living object is visited at its time at the latest; the others are forgotten here. */
  private synchronized void sweep(long now) {
    if (++visits % VISITS_BETWEEN_SWEEPS == 0) {
      entries.values().removeIf(entry -> now - entry.due > FORGOTTEN_NANOS);
    }
  }
}
