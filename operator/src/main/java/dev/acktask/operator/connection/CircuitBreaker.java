package dev.acktask.operator.connection;

import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Withholds requests while the cloud refuses the credential. Each task would otherwise repeat the
 * refused request in every interval, and the cloud may take that for an attack and lock the key.
 *
 * <p>The first request of all is made alone. After a refusal the circuit is open: it answers with
 * that refusal, and lets one request in {@link #TRIAL_INTERVAL} through. Any other result closes
 * it. Thread-safe.
 */
final class CircuitBreaker {
  /** Allows six refused requests in a minute, however many tasks there are. */
  static final Duration TRIAL_INTERVAL = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private final AtomicBoolean isFirst = new AtomicBoolean(true);
  private final CountDownLatch firstEnded = new CountDownLatch(1);
  private @Nullable Rejected refusal;
  private long nextTrial;

  /**
   * @param nanoTime a monotonic clock such as {@link System#nanoTime}
   */
  CircuitBreaker(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * The result of {@code request}, or the last refusal while the circuit is open. Waits for the end
   * of the very first request.
   */
  TaskLookup call(Supplier<TaskLookup> request) {
    if (isFirst.compareAndSet(true, false)) {
      try {
        return recorded(request.get());
      } finally {
        firstEnded.countDown();
      }
    }
    awaitFirst();
    Rejected known = refusal();
    return known == null ? recorded(request.get()) : known;
  }

  private void awaitFirst() {
    try {
      firstEnded.await();
    } catch (InterruptedException stopped) { // the request will notice
      Thread.currentThread().interrupt();
    }
  }

  /** The refusal to answer with; null if a request may be made, which may be the trial. */
  private synchronized @Nullable Rejected refusal() {
    long now = nanoTime.getAsLong();
    if (refusal == null || now - nextTrial < 0) {
      return refusal;
    }
    nextTrial = now + TRIAL_INTERVAL.toNanos();
    return null;
  }

  private synchronized TaskLookup recorded(TaskLookup result) {
    boolean saysNothing =
        result instanceof TaskLookup.Unavailable || result instanceof TaskLookup.Throttled;
    if (result instanceof Rejected rejected && rejected.cause() == Refusal.UNAUTHORIZED) {
      if (refusal == null) {
        nextTrial = nanoTime.getAsLong() + TRIAL_INTERVAL.toNanos();
      }
      refusal = rejected;
    } else if (!saysNothing) {
      refusal = null;
    }
    return result;
  }
}
