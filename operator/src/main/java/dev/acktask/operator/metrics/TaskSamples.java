package dev.acktask.operator.metrics;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConditionType;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.text.CloudTime;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.time.Instant;
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
 * The samples of one version of an object. Cached until the object changes, because the validation
 * of labels is most of the cost of a scrape.
 *
 * @param version resourceVersion of the object
 * @param object labels of all series of the object
 */
record TaskSamples(
    String version,
    Labels object,
    InfoDataPointSnapshot info,
    State state,
    Times times,
    @Nullable GaugeDataPointSnapshot pollInterval) {

  /** What the status says now. */
  record State(
      GaugeDataPointSnapshot phase,
      List<GaugeDataPointSnapshot> conditions,
      GaugeDataPointSnapshot overdue) {}

  /** When things happened, in seconds since the epoch; null for what is unknown. */
  record Times(
      @Nullable GaugeDataPointSnapshot created,
      @Nullable GaugeDataPointSnapshot start,
      @Nullable GaugeDataPointSnapshot completion,
      @Nullable GaugeDataPointSnapshot settled,
      @Nullable GaugeDataPointSnapshot stageChange,
      @Nullable GaugeDataPointSnapshot expectedCompletion) {}

  private static final Map<Phase, Labels> PHASES = new EnumMap<>(Phase.class);
  private static final Map<String, Labels> CONDITIONS = new HashMap<>();

  static {
    for (Phase phase : Phase.values()) {
      PHASES.put(phase, Labels.of("phase", phase.apiName()));
    }
    for (ConditionType type : ConditionType.values()) {
      for (String status : List.of(Condition.TRUE, Condition.FALSE, Condition.UNKNOWN)) {
        CONDITIONS.put(
            type.apiName() + status, Labels.of("condition", type.apiName(), "status", status));
      }
    }
  }

  static TaskSamples of(
      AckTask task,
      Function<AckTaskSpec, Duration> interval,
      TaskMetricsCollector.Options options) {
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
            "connection",
            ConnectionLabel.of(status.connection()),
            "region",
            region(status));
    if (options.withTaskId()) {
      info = info.add("task_id", taskId(task));
    }
    return new TaskSamples(
        task.getMetadata().getResourceVersion(),
        object,
        new InfoDataPointSnapshot(object.merge(info)),
        state(object, status),
        new Times(
            time(object, task.getMetadata().getCreationTimestamp()),
            start(object, task, status),
            time(object, status.completionTime()),
            time(object, settledSince(status)),
            stageChange(object, task, status),
            time(object, status.estimatedCompletionTime())),
        pollInterval(object, task.getSpec(), status, interval));
  }

  private static String region(AckTaskStatus status) {
    AckTaskStatus.Connection connection = status.connection();
    String region = connection == null ? null : connection.regionId();
    return Objects.requireNonNullElse(region, "");
  }

  private static State state(Labels object, AckTaskStatus status) {
    boolean overdue =
        status.conditions().stream()
            .anyMatch(c -> c.type().equals(ConditionType.OVERDUE.apiName()));
    return new State(
        point(1, object.merge(PHASES.getOrDefault(phase(status), Labels.EMPTY))),
        conditions(object, status),
        point(overdue ? 1 : 0, object));
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
   * The start in the cloud, or the creation of the object if that is earlier or the only known
   * time: a task exists before an object can name it. Absent until the cloud has answered for the
   * task.
   */
  private static @Nullable GaugeDataPointSnapshot start(
      Labels object, AckTask task, AckTaskStatus status) {
    if (!hasAnswer(status)) {
      return null;
    }
    return Stream.of(status.startTime(), task.getMetadata().getCreationTimestamp())
        .map(CloudTime::instant)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(start -> time(object, start))
        .orElse(null);
  }

  /** By any field: the cache drops the state of finished tasks. */
  private static boolean hasAnswer(AckTaskStatus status) {
    return status.state() != null || status.startTime() != null || status.completionTime() != null;
  }

  /** Absent for a task that is not polled. */
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
        .anyMatch(c -> c.type().equals(type.apiName()) && c.status().equals(Condition.TRUE));
  }

  /**
   * Absent for a finished task. A task that the cloud reports without a stage has the time of its
   * object, because it can be stuck as well.
   */
  private static @Nullable GaugeDataPointSnapshot stageChange(
      Labels object, AckTask task, AckTaskStatus status) {
    if (status.completionTime() != null || !hasAnswer(status)) {
      return null;
    }
    List<AckTaskStatus.StageTransition> transitions = status.stageTransitions();
    if (transitions.isEmpty()) {
      return status.currentStage() == null
          ? time(object, task.getMetadata().getCreationTimestamp())
          : null; // an older CRD drops the transitions
    }
    return time(object, transitions.getLast().firstSeenTime());
  }

  private static @Nullable String settledSince(AckTaskStatus status) {
    for (Condition condition : status.conditions()) {
      if (condition.type().equals(ConditionType.SETTLED.apiName())
          && condition.status().equals(Condition.TRUE)) {
        return condition.lastTransitionTime();
      }
    }
    return null;
  }

  /** Omits conditions that the operator never writes, so that a forged status creates no labels. */
  private static List<GaugeDataPointSnapshot> conditions(Labels object, AckTaskStatus status) {
    return status.conditions().stream()
        .map(condition -> CONDITIONS.get(condition.type() + condition.status()))
        .filter(Objects::nonNull)
        .distinct()
        .map(labels -> point(1, object.merge(labels)))
        .toList();
  }

  private static @Nullable GaugeDataPointSnapshot time(Labels object, @Nullable String text) {
    Instant instant = CloudTime.instant(text);
    return instant == null ? null : time(object, instant);
  }
}
