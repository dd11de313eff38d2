package dev.acktask.operator.alibaba.credentials;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One fetch at a time, on another thread, so that a caller never waits longer than it wants to. A
 * fetch that takes longer than {@link #HANGING} is given up: another one may start, and the late
 * result is dropped.
 */
final class BackgroundFetch<T> {
  private static final Duration HANGING = Duration.ofMinutes(1);

  private final Timing timing;
  private @Nullable CompletableFuture<Void> latest;
  private long startedAt;
  private int count;

  BackgroundFetch(Timing timing) {
    this.timing = timing;
  }

  /** Completes at the end of the fetch that is under way; empty if there is none, or it hangs. */
  synchronized Optional<CompletableFuture<Void>> underWay() {
    boolean isHanging = timing.nanoTime().getAsLong() - startedAt >= HANGING.toNanos();
    return isHanging ? Optional.empty() : Optional.ofNullable(latest);
  }

  /**
   * Starts a fetch. The result completes after {@code onResult}.
   *
   * @param fetch may block; must not throw
   * @param onResult not called for a fetch that was given up
   */
  CompletableFuture<Void> start(Supplier<T> fetch, Consumer<T> onResult) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    int number = begin(end);
    timing
        .background()
        .execute(
            () -> {
              try {
                T result = fetch.get();
                if (isLatest(number)) {
                  onResult.accept(result);
                }
              } finally {
                finish(number);
                end.complete(null);
              }
            });
    return end;
  }

  private synchronized int begin(CompletableFuture<Void> end) {
    latest = end;
    startedAt = timing.nanoTime().getAsLong();
    return ++count;
  }

  private synchronized boolean isLatest(int number) {
    return number == count;
  }

  private synchronized void finish(int number) {
    if (number == count) {
      latest = null;
    }
  }

  /** Waits for the end of a fetch, for at most {@code timeout}. An interrupt ends the wait. */
  static void await(CompletableFuture<Void> end, Duration timeout) {
    try {
      end.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // The caller uses the value at hand.
    }
  }
}
