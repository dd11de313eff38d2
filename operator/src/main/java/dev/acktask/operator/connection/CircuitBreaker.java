package dev.acktask.operator.connection;

import dev.acktask.operator.task.Listing;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskLookup.NoAnswer;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
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
    return call(
        request, result -> result instanceof NoAnswer cause ? cause : null, refused -> refused);
  }

  /** As {@link #call}, for a list. */
  <T> Listing<T> list(Supplier<Listing<T>> request) {
    return call(
        request,
        result -> result instanceof Listing.Failed<T> failed ? failed.cause() : null,
        Listing.Failed::new);
  }

  private <R> R call(
      Supplier<R> request, Function<R, @Nullable NoAnswer> cause, Function<Rejected, R> refused) {
    if (isFirst.compareAndSet(true, false)) {
      try {
        return send(request, cause);
      } finally {
        firstEnded.countDown();
      }
    }
    awaitFirst();
    Rejected known = refusal();
    return known == null ? send(request, cause) : refused.apply(known);
  }

  private <R> R send(Supplier<R> request, Function<R, @Nullable NoAnswer> cause) {
    R result = request.get();
    record(cause.apply(result));
    return result;
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

  /**
   * @param cause why there is no answer; null if there is one
   */
  private synchronized void record(@Nullable NoAnswer cause) {
    boolean saysNothing =
        cause instanceof TaskLookup.Unavailable || cause instanceof TaskLookup.Throttled;
    if (cause instanceof Rejected rejected && rejected.cause() == Refusal.UNAUTHORIZED) {
      if (refusal == null) {
        nextTrial = nanoTime.getAsLong() + TRIAL_INTERVAL.toNanos();
      }
      refusal = rejected;
    } else if (!saysNothing) {
      refusal = null;
    }
  }
}
