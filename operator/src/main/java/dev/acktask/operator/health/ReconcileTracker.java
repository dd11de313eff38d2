package dev.acktask.operator.health;

import dev.acktask.operator.metrics.OperatorMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tracks running and scheduled reconciles by uid. Detects a reconcile that never ends, which blocks
 * a worker, and a scheduled reconcile that never starts, which stops the polling of an object. The
 * framework detects neither.
 */
public final class ReconcileTracker {
  /** A scheduled reconcile that is later than this was lost; timers are late by milliseconds. */
  private static final Duration MAX_DELAY = Duration.ofSeconds(80);

  /**
   * Time for the writes of a reconcile to a slow Kubernetes API, in addition to its call to the
   * cloud.
   */
  private static final Duration WRITE_ALLOWANCE = Duration.ofSeconds(75);

  private final Map<String, Long> running = new ConcurrentHashMap<>();
  private final Map<String, Long> scheduled = new ConcurrentHashMap<>();
  private final int workers;
  private final Duration maxDuration;
  private final LongSupplier nanoTime;
  private final OperatorMetrics metrics;
  private volatile long lastBusy;

  /**
   * @param workers maximum number of concurrent reconciles
   * @param callTimeout maximum time that a reconcile waits for the cloud
   */
  public ReconcileTracker(
      int workers, Duration callTimeout, LongSupplier nanoTime, OperatorMetrics metrics) {
    this.metrics = metrics;
    this.workers = workers;
    this.maxDuration = callTimeout.plus(WRITE_ALLOWANCE);
    this.nanoTime = nanoTime;
    this.lastBusy = nanoTime.getAsLong() - MAX_DELAY.toNanos();
  }

  /** Records that a reconcile of {@code uid} starts. */
  public void started(String uid) {
    long now = nanoTime.getAsLong();
    Long due = scheduled.remove(uid);
    if (due != null && now >= due) { // earlier: triggered by an edit
      metrics.reconcileStarted(Duration.ofNanos(now - due));
    }
    running.put(uid, now);
    if (running.size() >= workers) {
      lastBusy = now;
    }
  }

  /**
   * Records that the reconcile of {@code uid} has ended.
   *
   * @param next time until the next scheduled reconcile; empty if none is scheduled
   */
  public void finished(String uid, Optional<Duration> next) {
    running.remove(uid);
    next.ifPresent(wait -> scheduled.put(uid, nanoTime.getAsLong() + wait.toNanos()));
  }

  /**
   * Dead if a reconcile does not end or a scheduled one does not start.
   *
   * @param uids all existing objects; reconciles scheduled for other objects are dropped
   */
  public Health check(Set<String> uids) {
    scheduled.keySet().retainAll(uids);
    long now = nanoTime.getAsLong();
    Duration longestRunning = maxElapsed(now, running);
    if (longestRunning.compareTo(maxDuration) > 0) {
      return new Health.Dead("a reconcile has been running for " + text(longestRunning));
    }
    // While all workers are busy, objects wait in the queue, which is not a failure.
    boolean workersAreIdle = now - lastBusy >= MAX_DELAY.toNanos();
    Duration delay = maxElapsed(now, scheduled);
    return workersAreIdle && delay.compareTo(MAX_DELAY) > 0
        ? new Health.Dead("a reconcile is overdue by " + text(delay) + " while workers are idle")
        : new Health.Alive();
  }

  private static Duration maxElapsed(long now, Map<String, Long> since) {
    long longest = 0;
    for (long time : since.values()) {
      longest = Math.max(longest, now - time);
    }
    return Duration.ofNanos(longest);
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
