package dev.acktask.bench.cluster;

import dev.acktask.bench.cloud.Cloud;
import dev.acktask.e2e.AckTasks;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** The AckTask objects of a run, with the numbers of the tasks of the cloud. */
public final class TaskObjects {
  static final String PREFIX = "bench-";
  static final int DIGITS = 6;

  private final AckTasks objects;
  private final IntFunction<String> clusterOf;
  private final AtomicInteger created = new AtomicInteger();
  private final Map<String, GenericKubernetesResource> read = new ConcurrentHashMap<>();

  /**
   * @param objects under an {@link ObjectClient}
   * @param clusterOf the id of the cluster of a task
   */
  public TaskObjects(AckTasks objects, IntFunction<String> clusterOf) {
    this.objects = objects;
    this.clusterOf = clusterOf;
  }

  /** Creates the objects from {@code first} (inclusive) to {@code end} (exclusive). */
  public void create(int first, int end, Duration interval) {
    WriterPool.ofEight().each(first, end, task -> create(task, interval));
  }

  /** Number of objects created so far. */
  public int created() {
    return created.get();
  }

  /** Reads all objects for {@link #writeStatus}. */
  public void readAll() {
    for (GenericKubernetesResource object : objects.operation().list().getItems()) {
      read.put(object.getMetadata().getName(), object);
    }
  }

  /**
   * Writes a whole status like the operator, based on the version that was read last.
   *
   * @param message of the last stage; the rest is unchanged
   */
  public void writeStatus(int task, String message) {
    String name = name(task);
    GenericKubernetesResource object = Objects.requireNonNull(read.get(name), name);
    List<Map<String, Object>> stages = object.get("status", "stages");
    stages.getLast().put("message", message);
    object.getMetadata().setManagedFields(null);
    object.setMetadata(objects.operation().resource(object).updateStatus().getMetadata());
  }

  private void create(int task, Duration interval) {
    objects.create(
        name(task),
        Map.of(
            "taskId",
            Cloud.taskId(task),
            "clusterId",
            clusterOf.apply(task),
            "pollInterval",
            interval.toMillis() + "ms"));
    created.incrementAndGet();
  }

  private static String name(int task) {
    return PREFIX + "%06d".formatted(task);
  }
}
