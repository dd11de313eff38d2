package dev.acktask.operator.management;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.decision.CloudTime;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one version of an object shows. It is kept until the object changes, because most of the
 * cost of a scrape is that the library checks each label anew.
 *
 * @param version the resourceVersion that it was made of
 * @param object the labels that all its series have
 */
record TaskPoints(
    String version,
    Labels object,
    InfoDataPointSnapshot info,
    GaugeDataPointSnapshot phase,
    List<GaugeDataPointSnapshot> conditions,
    GaugeDataPointSnapshot overdue,
    @Nullable GaugeDataPointSnapshot created,
    @Nullable GaugeDataPointSnapshot start,
    @Nullable GaugeDataPointSnapshot completion,
    @Nullable GaugeDataPointSnapshot settled,
    @Nullable GaugeDataPointSnapshot pollInterval) {

  private static final Map<Phase, Labels> PHASES = new EnumMap<>(Phase.class);
  private static final Map<String, Labels> CONDITIONS = new HashMap<>();

  static {
    for (Phase phase : Phase.values()) {
      PHASES.put(phase, Labels.of("phase", phase.word()));
    }
    for (ConditionType type : ConditionType.values()) {
      for (String status : List.of(Condition.TRUE, Condition.FALSE, Condition.UNKNOWN)) {
        CONDITIONS.put(type.word() + status, Labels.of("condition", type.word(), "status", status));
      }
    }
  }

  static TaskPoints of(
      AckTask task, String region, Function<AckTaskSpec, Duration> interval, boolean withTaskId) {
    AckTaskStatus status = status(task);
    Labels object =
        Labels.of(
            "namespace", task.getMetadata().getNamespace(),
            "acktask", task.getMetadata().getName());
    Labels info =
        Labels.of(
            "type",
            Objects.requireNonNullElse(status.taskType(), ""),
            "cluster_id",
            Objects.requireNonNullElse(status.clusterId(), ""),
            "region",
            region);
    if (withTaskId) {
      info = info.add("task_id", taskId(task));
    }
    boolean overdue =
        status.conditions().stream().anyMatch(c -> c.type().equals(ConditionType.OVERDUE.word()));
    return new TaskPoints(
        task.getMetadata().getResourceVersion(),
        object,
        new InfoDataPointSnapshot(object.merge(info)),
        point(1, object.merge(PHASES.getOrDefault(phase(status), Labels.EMPTY))),
        conditions(object, status),
        point(overdue ? 1 : 0, object),
        time(object, task.getMetadata().getCreationTimestamp()),
        start(object, task, status),
        time(object, status.completionTime()),
        time(object, settledSince(status)),
        pollInterval(object, task.getSpec(), status, interval));
  }

  static String taskId(AckTask task) {
    AckTaskSpec spec = task.getSpec();
    String taskId = spec == null ? null : spec.taskId();
    return taskId == null ? "" : taskId;
  }

  static AckTaskStatus status(AckTask task) {
    return task.getStatus() == null ? AckTaskStatus.NOTHING : task.getStatus();
  }

  static Phase phase(AckTaskStatus status) {
    return status.phase() == null ? Phase.PENDING : status.phase();
  }

  static GaugeDataPointSnapshot point(double value, Labels labels) {
    return new GaugeDataPointSnapshot(value, labels, null);
  }

  static GaugeDataPointSnapshot time(Labels object, Instant instant) {
    return point(instant.toEpochMilli() / 1000.0, object);
  }

  /**
   * The start in the cloud, or the creation of the object where that is earlier or the only one
   * known: a task has its id before an object can name it. Both are in the object, so a restart
   * changes nothing. Absent until the cloud has answered for the task.
   */
  private static @Nullable GaugeDataPointSnapshot start(
      Labels object, AckTask task, AckTaskStatus status) {
    if (status.state() == null) {
      return null;
    }
    return Stream.of(status.startTime(), task.getMetadata().getCreationTimestamp())
        .map(CloudTime::instant)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(start -> time(object, start))
        .orElse(null);
  }

  /** Absent for a task that is not polled: nothing of it can be overdue. */
  private static @Nullable GaugeDataPointSnapshot pollInterval(
      Labels object,
      @Nullable AckTaskSpec spec,
      AckTaskStatus status,
      Function<AckTaskSpec, Duration> interval) {
    boolean isPolled = isTrue(status, ConditionType.RECONCILING);
    return spec == null || !isPolled
        ? null
        : point(interval.apply(spec).toMillis() / 1000.0, object);
  }

  private static boolean isTrue(AckTaskStatus status, ConditionType type) {
    return status.conditions().stream()
        .anyMatch(c -> c.type().equals(type.word()) && c.status().equals(Condition.TRUE));
  }

  private static @Nullable String settledSince(AckTaskStatus status) {
    for (Condition condition : status.conditions()) {
      if (condition.type().equals(ConditionType.SETTLED.word())
          && condition.status().equals(Condition.TRUE)) {
        return condition.lastTransitionTime();
      }
    }
    return null;
  }

  /** Leaves out what no operator writes, so that a forged status makes no labels. */
  private static List<GaugeDataPointSnapshot> conditions(Labels object, AckTaskStatus status) {
    return status.conditions().stream()
        .map(condition -> CONDITIONS.get(condition.type() + condition.status()))
        .filter(Objects::nonNull)
        .distinct()
        .map(labels -> point(1, object.merge(labels)))
        .toList();
  }

  private static @Nullable GaugeDataPointSnapshot time(Labels object, @Nullable String text) {
    try {
      return text == null ? null : time(object, Instant.parse(text));
    } catch (DateTimeParseException unreadable) {
      return null;
    }
  }
}
