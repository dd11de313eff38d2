package dev.acktask.operator.management;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The series of each task, made of the informer's cache when Prometheus asks: an object that is
 * gone has no series left, and nothing has to be removed. Only the leader has any, or each task
 * would be there twice.
 *
 * <p>Of a set of states only the present one has a series, with the value 1: a series for each
 * state that does not hold would be thirty more per task.
 */
public final class TaskSeries implements MultiCollector {
  private static final Pattern PLAIN_TYPE = Pattern.compile("[a-z0-9_]{1,64}");
  private static final int MOST_TYPES = 50;

  private final Supplier<List<AckTask>> tasks;
  private final Function<AckTaskSpec, Duration> interval;
  private final MeasuredTaskClient client;
  private final BooleanSupplier leads;
  private final String region;
  private final int limit;
  private final boolean withTaskId;
  private final Map<String, TaskPoints> known = new ConcurrentHashMap<>();

  /**
   * @param tasks all that are watched
   * @param interval time between two polls of a task with that spec
   * @param leads false on a replica that stands by
   * @param limit tasks with series of their own; the newest objects have them. 0 switches them off
   * @param withTaskId whether the ids of tasks are labels: the id is all that it takes to read a
   *     task, and metrics are read across namespaces
   */
  public TaskSeries(
      Supplier<List<AckTask>> tasks,
      Function<AckTaskSpec, Duration> interval,
      MeasuredTaskClient client,
      BooleanSupplier leads,
      String region,
      int limit,
      boolean withTaskId) {
    this.tasks = tasks;
    this.interval = interval;
    this.client = client;
    this.leads = leads;
    this.region = region;
    this.limit = limit;
    this.withTaskId = withTaskId;
    client.bound(
        () -> tasks.get().stream().map(TaskPoints::taskId).collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public MetricSnapshots collect() {
    if (!leads.getAsBoolean()) {
      return new MetricSnapshots();
    }
    List<AckTask> all = tasks.get();
    Set<String> uids = new HashSet<>();
    Set<String> taskIds = new HashSet<>();
    for (AckTask task : all) {
      uids.add(task.getMetadata().getUid());
      taskIds.add(TaskPoints.taskId(task));
    }
    known.keySet().retainAll(uids);
    client.retain(taskIds);
    Families families = new Families();
    all.stream()
        .sorted(Comparator.comparing(TaskSeries::created).reversed())
        .limit(limit)
        .forEach(task -> families.add(points(task), client.sighting(TaskPoints.taskId(task))));
    // Who switched them off misses none.
    families.leftOut(limit == 0 ? 0 : Math.max(all.size() - limit, 0));
    countByTypeAndPhase(families, all);
    return families.snapshots();
  }

  private TaskPoints points(AckTask task) {
    TaskPoints before = known.get(task.getMetadata().getUid());
    if (before != null && before.version().equals(task.getMetadata().getResourceVersion())) {
      return before;
    }
    TaskPoints now = TaskPoints.of(task, region, interval, withTaskId);
    known.put(task.getMetadata().getUid(), now);
    return now;
  }

  /** The types are the cloud's words: odd ones, and too many, are counted as one. */
  private static void countByTypeAndPhase(Families families, List<AckTask> all) {
    TreeMap<String, EnumMap<Phase, Integer>> types = new TreeMap<>();
    for (AckTask task : all) {
      AckTaskStatus status = TaskPoints.status(task);
      String type = Objects.requireNonNullElse(status.taskType(), "");
      String plain = PLAIN_TYPE.matcher(type).matches() ? type : type.isEmpty() ? "" : "other";
      String counted = types.containsKey(plain) || types.size() < MOST_TYPES ? plain : "other";
      types
          .computeIfAbsent(counted, none -> new EnumMap<>(Phase.class))
          .merge(TaskPoints.phase(status), 1, Integer::sum);
    }
    types.forEach(
        (type, counts) -> counts.forEach((phase, count) -> families.tasks(type, phase, count)));
  }

  private static String created(AckTask task) {
    String created = task.getMetadata().getCreationTimestamp();
    return created == null ? "" : created;
  }
}
