package dev.acktask.operator.metrics;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Computes the per-task series from the informer cache at each scrape, so that deleted objects need
 * no cleanup. Only the leader exports them, because otherwise each task would be counted twice.
 *
 * <p>A phase or condition has one series, for its current value; a series for each other value
 * would be thirty more per task.
 */
public final class TaskMetricsCollector implements MultiCollector {
  private static final Pattern PLAIN_TYPE = Pattern.compile("[a-z0-9_]{1,64}");
  private static final int MAX_TYPES = 50;

  /**
   * What is exported.
   *
   * @param limit maximum number of tasks with per-task series, the newest first; 0 disables them
   * @param withTaskId whether task ids are labels; an id is enough to read a task, and metrics are
   *     readable across namespaces
   */
  public record Options(int limit, boolean withTaskId) {}

  private final Supplier<List<AckTask>> tasks;
  private final Function<AckTaskSpec, Duration> interval;
  private final Function<AckTask, Optional<Instant>> lastSyncs;
  private final BooleanSupplier isLeader;
  private final Options options;
  private final Map<String, TaskSamples> known = new ConcurrentHashMap<>();

  /**
   * @param tasks all objects in the informer cache
   * @param interval poll interval for a spec
   * @param lastSyncs when the task of an object last answered
   * @param isLeader false on a standby replica
   */
  public TaskMetricsCollector(
      Supplier<List<AckTask>> tasks,
      Function<AckTaskSpec, Duration> interval,
      Function<AckTask, Optional<Instant>> lastSyncs,
      BooleanSupplier isLeader,
      Options options) {
    this.tasks = tasks;
    this.interval = interval;
    this.lastSyncs = lastSyncs;
    this.isLeader = isLeader;
    this.options = options;
  }

  @Override
  public MetricSnapshots collect() {
    if (!isLeader.getAsBoolean()) {
      return new MetricSnapshots();
    }
    List<AckTask> all = tasks.get();
    Set<String> uids = new HashSet<>();
    for (AckTask task : all) {
      uids.add(task.getMetadata().getUid());
    }
    known.keySet().retainAll(uids);
    TaskMetricFamilies families = new TaskMetricFamilies();
    all.stream()
        .sorted(Comparator.comparing(TaskMetricsCollector::created).reversed())
        .limit(options.limit())
        .forEach(task -> families.add(samples(task), lastSyncs.apply(task).orElse(null)));
    // With a limit of 0 no series count as missing.
    families.setTasksWithoutSeries(
        options.limit() == 0 ? 0 : Math.max(all.size() - options.limit(), 0));
    countByTypeAndPhase(families, all);
    return families.snapshots();
  }

  private TaskSamples samples(AckTask task) {
    TaskSamples before = known.get(task.getMetadata().getUid());
    if (before != null && before.version().equals(task.getMetadata().getResourceVersion())) {
      return before;
    }
    TaskSamples now = TaskSamples.of(task, interval, options);
    known.put(task.getMetadata().getUid(), now);
    return now;
  }

  /**
   * The cloud controls the types: unusual types, and types beyond the limit, are counted as {@code
   * other}.
   */
  private static void countByTypeAndPhase(TaskMetricFamilies families, List<AckTask> all) {
    TreeMap<String, EnumMap<Phase, Integer>> types = new TreeMap<>();
    for (AckTask task : all) {
      AckTaskStatus status = TaskSamples.status(task);
      String type = Objects.requireNonNullElse(status.taskType(), "");
      String plain = PLAIN_TYPE.matcher(type).matches() ? type : type.isEmpty() ? "" : "other";
      String counted = types.containsKey(plain) || types.size() < MAX_TYPES ? plain : "other";
      types
          .computeIfAbsent(counted, none -> new EnumMap<>(Phase.class))
          .merge(TaskSamples.phase(status), 1, Integer::sum);
    }
    types.forEach(
        (type, counts) -> counts.forEach((phase, count) -> families.addCount(type, phase, count)));
  }

  private static String created(AckTask task) {
    String created = task.getMetadata().getCreationTimestamp();
    return created == null ? "" : created;
  }
}
