package dev.acktask.bench.cluster;

import dev.acktask.bench.cloud.Cloud;
import dev.acktask.e2e.AckTasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The AckTask objects of a run, numbered as the tasks of the cloud are. */
public final class TaskObjects {
  static final String PREFIX = "bench-";
  static final int DIGITS = 6;
  private static final int CREATORS = 8;

  private final AckTasks objects;
  private final AtomicInteger created = new AtomicInteger();

  public TaskObjects(AckTasks objects) {
    this.objects = objects;
  }

  /** Creates the objects of the tasks from {@code first} up to, not with, {@code end}. */
  public void create(int first, int end, Duration interval) {
    AtomicInteger next = new AtomicInteger(first);
    try (ExecutorService creators = Executors.newFixedThreadPool(CREATORS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int creator = 0; creator < CREATORS; creator++) {
        all.add(creators.submit(() -> createUpTo(end, next, interval)));
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

  /** How many have been created up to now. */
  public int created() {
    return created.get();
  }

  private void createUpTo(int end, AtomicInteger next, Duration interval) {
    for (int task = next.getAndIncrement(); task < end; task = next.getAndIncrement()) {
      objects.create(
          name(task),
          Map.of("taskId", Cloud.taskId(task), "pollInterval", interval.toMillis() + "ms"));
      created.incrementAndGet();
    }
  }

  private static String name(int task) {
    return PREFIX + "%06d".formatted(task);
  }
}
