package dev.acktask.bench.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Runs the same work for many tasks on a fixed number of threads. */
public record WriterPool(int threads) {
  /** The limit of concurrent status writes of the operator. */
  private static final int EIGHT = 8;

  public static WriterPool ofEight() {
    return new WriterPool(EIGHT);
  }

  /**
   * Runs {@code work} for the tasks from {@code first} (inclusive) to {@code end} (exclusive).
   *
   * @throws IllegalStateException when it failed for one task; others may then be skipped
   */
  public void each(int first, int end, IntConsumer work) {
    AtomicInteger next = new AtomicInteger(first);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        all.add(executor.submit(() -> takeUpTo(end, next, work)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void takeUpTo(int end, AtomicInteger next, IntConsumer work) {
    for (int task = next.getAndIncrement(); task < end; task = next.getAndIncrement()) {
      work.accept(task);
    }
  }
}
