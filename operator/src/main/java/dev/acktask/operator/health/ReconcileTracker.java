package dev.acktask.operator.health;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Tracks the running reconciles. Detects one that never ends, which blocks a worker and its object
 * until a restart. The framework does not detect it.
 */
public final class ReconcileTracker implements HealthCheck {
  /**
   * Longer than the writes of a reconcile to a slow Kubernetes API take; a reconcile makes no other
   * call.
   */
  static final Duration MAX_DURATION = Duration.ofSeconds(85);

  private final Map<String, Long> running = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  public ReconcileTracker(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Records that a reconcile of {@code uid} starts. */
  public void started(String uid) {
    running.put(uid, nanoTime.getAsLong());
  }

  /** Records that the reconcile of {@code uid} has ended. */
  public void finished(String uid) {
    running.remove(uid);
  }

  @Override
  public Health check() {
    long now = nanoTime.getAsLong();
    long longest = 0;
    for (long start : running.values()) {
      longest = Math.max(longest, now - start);
    }
    Duration duration = Duration.ofNanos(longest);
    return duration.compareTo(MAX_DURATION) > 0
        ? new Health.Dead("a reconcile has been running for " + duration.toSeconds() + " s")
        : new Health.Alive();
  }
}
