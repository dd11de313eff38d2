package dev.acktask.operator.controller;

import dev.acktask.operator.task.AnswerDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Due times of objects by uid, on a monotonic clock: neither an event of Kubernetes nor a step of
 * the wall clock causes an early poll. Losing this state (a restart) only moves polls.
 */
public final class Agenda {
  /** An entry that is overdue for longer belongs to a deleted object. */
  private static final long RETENTION_NANOS = Duration.ofMinutes(30).toNanos();

  private static final int UPDATES_BETWEEN_CLEANUPS = 1024;

  /** Tolerance for timers that fire early. */
  private static final long EARLY_NANOS = Duration.ofMillis(50).toNanos();

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private int updates;

  public Agenda(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * State of one object.
   *
   * @param due on the monotonic clock, nanoseconds
   * @param isReserved true when the request is reserved in the budget
   * @param notFound null unless the last poll did not find the task
   * @param known the last answer that left nothing to write, or null
   * @param failures consecutive failures of the reconcile
   */
  private record Entry(
      long due,
      boolean isReserved,
      @Nullable NotFound notFound,
      @Nullable KnownAnswer known,
      int failures) {
    private Entry with(KnownAnswer now) {
      return new Entry(due, isReserved, notFound, now, failures);
    }
  }

  /**
   * Start of uninterrupted "not found" answers for one task id.
   *
   * @param since see {@link dev.acktask.operator.decision.Decision#notFoundSince}
   */
  private record NotFound(@Nullable String taskId, Instant since) {}

  /**
   * An answer that left nothing to write. If it is received again it need not be parsed, as long as
   * the object has the same version.
   *
   * @param version resourceVersion of the object
   * @param until next change by time alone, on the monotonic clock, nanoseconds; null without one
   */
  private record KnownAnswer(String version, AnswerDigest digest, @Nullable Long until) {}

  /** Monotonic clock, nanoseconds. */
  long now() {
    return nanoTime.getAsLong();
  }

  /** True for a new object, and for each object after a restart of the operator. */
  boolean isUnknown(String uid) {
    return !entries.containsKey(uid);
  }

  /** Time until the object is due; zero when it is due. */
  Duration untilDue(String uid) {
    Entry entry = entries.get(uid);
    long left = entry == null ? 0 : entry.due - nanoTime.getAsLong();
    return left <= EARLY_NANOS ? Duration.ZERO : Duration.ofNanos(left);
  }

  /** True when the next request is reserved in the budget. */
  boolean isReserved(String uid) {
    Entry entry = entries.get(uid);
    return entry != null && entry.isReserved;
  }

  /** Start of uninterrupted "not found" answers for {@code taskId}, or null. */
  @Nullable Instant notFoundSince(String uid, @Nullable String taskId) {
    NotFound notFound = notFound(uid);
    return notFound == null || !Objects.equals(notFound.taskId, taskId) ? null : notFound.since;
  }

  /** Digest of the answer that leaves nothing to write at {@code version}, or null. */
  @Nullable AnswerDigest knownAnswer(String uid, String version) {
    Entry entry = entries.get(uid);
    KnownAnswer known = entry == null ? null : entry.known;
    return known != null && known.version.equals(version) && !isReached(known.until)
        ? known.digest
        : null;
  }

  /** Time until the known answer expires; empty when it does not expire. */
  Optional<Duration> knownAnswerLifetime(String uid) {
    Entry entry = entries.get(uid);
    Long until = entry == null || entry.known == null ? null : entry.known.until;
    return Optional.ofNullable(until)
        .map(end -> Duration.ofNanos(Math.max(0, end - nanoTime.getAsLong())));
  }

  /** Makes the object due after {@code wait}, without a reservation. */
  void postpone(String uid, Duration wait) {
    put(uid, wait, false, notFound(uid), known(uid), failures(uid));
  }

  /** Makes the object due after {@code wait}, with a reserved request. */
  void reserve(String uid, Duration wait) {
    put(uid, wait, true, notFound(uid), known(uid), failures(uid));
  }

  /** Records a poll whose decision was written, and resets the failures. */
  void recordPoll(
      String uid, Duration next, @Nullable String taskId, @Nullable Instant notFoundSince) {
    NotFound notFound = notFoundSince == null ? null : new NotFound(taskId, notFoundSince);
    put(uid, next, false, notFound, null, 0);
  }

  /** Records a poll that returned the known answer again. */
  void recordUnchanged(String uid, Duration next) {
    put(uid, next, false, null, known(uid), 0);
  }

  /**
   * Records the answer of the last recorded poll, which left nothing to write.
   *
   * @param version resourceVersion of the object
   * @param lifetime time until the answer expires, or null
   */
  void recordKnownAnswer(
      String uid, String version, AnswerDigest digest, @Nullable Duration lifetime) {
    Long until = lifetime == null ? null : nanoTime.getAsLong() + lifetime.toNanos();
    KnownAnswer known = new KnownAnswer(version, digest, until);
    entries.computeIfPresent(uid, (same, entry) -> entry.with(known));
  }

  /** Records a failed reconcile and returns the number of consecutive failures. */
  int recordFailure(String uid, Duration wait) {
    int failures = failures(uid) + 1;
    put(uid, wait, false, notFound(uid), known(uid), failures);
    return failures;
  }

  int failures(String uid) {
    Entry entry = entries.get(uid);
    return entry == null ? 0 : entry.failures;
  }

  void remove(String uid) {
    entries.remove(uid);
  }

  int size() {
    return entries.size();
  }

  private @Nullable NotFound notFound(String uid) {
    Entry entry = entries.get(uid);
    return entry == null ? null : entry.notFound;
  }

  private @Nullable KnownAnswer known(String uid) {
    Entry entry = entries.get(uid);
    return entry == null ? null : entry.known;
  }

  private boolean isReached(@Nullable Long moment) {
    return moment != null && nanoTime.getAsLong() - moment >= 0;
  }

  private void put(
      String uid,
      Duration wait,
      boolean isReserved,
      @Nullable NotFound notFound,
      @Nullable KnownAnswer known,
      int failures) {
    long now = nanoTime.getAsLong();
    entries.put(uid, new Entry(now + wait.toNanos(), isReserved, notFound, known, failures));
    cleanUp(now);
  }

  /** Removes deleted objects: an existing object is reconciled when it is due. */
  private synchronized void cleanUp(long now) {
    if (++updates % UPDATES_BETWEEN_CLEANUPS == 0) {
      entries.values().removeIf(entry -> now - entry.due > RETENTION_NANOS);
    }
  }
}
