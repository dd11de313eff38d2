package dev.acktask.operator.management;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Phase;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  private final MeasuredTaskClient client;
  private final BooleanSupplier leads;
  private final String region;
  private final int limit;

  /**
   * @param tasks all that are watched
   * @param leads false on a replica that stands by
   * @param limit tasks with series of their own; the newest objects have them. 0 switches them off
   */
  public TaskSeries(
      Supplier<List<AckTask>> tasks,
      MeasuredTaskClient client,
      BooleanSupplier leads,
      String region,
      int limit) {
    this.tasks = tasks;
    this.client = client;
    this.leads = leads;
    this.region = region;
    this.limit = limit;
  }

  @Override
  public MetricSnapshots collect() {
    if (!leads.getAsBoolean()) {
      return new MetricSnapshots();
    }
    List<AckTask> all = tasks.get();
    client.retain(
        all.stream().map(TaskSeries::taskId).filter(Objects::nonNull).collect(Collectors.toSet()));
    Families families = new Families();
    all.stream()
        .sorted(Comparator.comparing(TaskSeries::created).reversed())
        .limit(limit)
        .forEach(task -> add(families, task));
    families.leftOut(Math.max(all.size() - limit, 0));
    countByTypeAndPhase(families, all);
    return families.snapshots();
  }

  private void add(Families families, AckTask task) {
    String namespace = task.getMetadata().getNamespace();
    String name = task.getMetadata().getName();
    AckTaskStatus status = status(task);
    String taskId = text(taskId(task));
    families.info(
        namespace, name, taskId, text(status.taskType()), text(status.clusterId()), region);
    families.phase(namespace, name, phase(status).word());
    for (Condition condition : status.conditions()) {
      families.condition(namespace, name, condition.type(), condition.status());
    }
    families.time(Families.Time.CREATED, namespace, name, instant(created(task)));
    families.time(Families.Time.START, namespace, name, instant(status.startTime()));
    families.time(Families.Time.COMPLETION, namespace, name, instant(status.completionTime()));
    Sighting seen = client.sighting(taskId);
    if (seen != null) {
      families.time(Families.Time.LAST_SYNC, namespace, name, seen.lastSync());
      families.time(Families.Time.STAGE_CHANGE, namespace, name, seen.stageSince());
    }
    boolean overdue =
        status.conditions().stream().anyMatch(c -> ConditionType.OVERDUE.word().equals(c.type()));
    families.overdue(namespace, name, overdue);
  }

  /** The types are the cloud's words: odd ones, and too many, are counted as one. */
  private static void countByTypeAndPhase(Families families, List<AckTask> all) {
    TreeMap<String, EnumMap<Phase, Integer>> types = new TreeMap<>();
    for (AckTask task : all) {
      AckTaskStatus status = status(task);
      String type = text(status.taskType());
      String plain = PLAIN_TYPE.matcher(type).matches() ? type : type.isEmpty() ? "" : "other";
      String counted = types.containsKey(plain) || types.size() < MOST_TYPES ? plain : "other";
      types
          .computeIfAbsent(counted, none -> new EnumMap<>(Phase.class))
          .merge(phase(status), 1, Integer::sum);
    }
    types.forEach(
        (type, counts) ->
            counts.forEach((phase, count) -> families.tasks(type, phase.word(), count)));
  }

  private static AckTaskStatus status(AckTask task) {
    return task.getStatus() == null ? AckTaskStatus.NOTHING : task.getStatus();
  }

  private static Phase phase(AckTaskStatus status) {
    return status.phase() == null ? Phase.PENDING : status.phase();
  }

  private static @Nullable String taskId(AckTask task) {
    return task.getSpec() == null ? null : task.getSpec().taskId();
  }

  private static String created(AckTask task) {
    return text(task.getMetadata().getCreationTimestamp());
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    try {
      return text == null || text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException unreadable) {
      return null;
    }
  }
}
