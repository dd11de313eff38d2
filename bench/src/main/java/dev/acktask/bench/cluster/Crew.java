package dev.acktask.bench.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Does the same for many tasks, a few at once.
 *
 * @param hands how many are under way at most
 */
public record Crew(int hands) {
  /** As many as the operator lets write at once. */
  private static final int EIGHT = 8;

  public static Crew ofEight() {
    return new Crew(EIGHT);
  }

  /**
   * Does {@code work} for the tasks from {@code first} up to, not with, {@code end}.
   *
   * @throws IllegalStateException when it failed for one of them; some others are then left undone
   */
  public void each(int first, int end, IntConsumer work) {
    AtomicInteger next = new AtomicInteger(first);
    try (ExecutorService executor = Executors.newFixedThreadPool(hands)) {
      List<Future<?>> all = new ArrayList<>();
      for (int hand = 0; hand < hands; hand++) {
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
