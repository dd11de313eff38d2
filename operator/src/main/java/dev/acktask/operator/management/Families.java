package dev.acktask.operator.management;

import dev.acktask.operator.api.v1alpha1.Phase;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metric families of the tasks, as one scrape fills them. */
final class Families {
  private final List<InfoDataPointSnapshot> info = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> phases = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> conditions = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> overdue = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> created = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> start = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> completion = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> settled = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> pollInterval = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> lastSync = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> stageChange = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> tasks = new ArrayList<>();
  private int leftOut;

  /**
   * Adds the series of one object.
   *
   * @param seen when its task was seen last; null before this process asked
   */
  void add(TaskPoints task, @Nullable Sighting seen) {
    info.add(task.info());
    phases.add(task.phase());
    conditions.addAll(task.conditions());
    overdue.add(task.overdue());
    addIfKnown(created, task.created());
    addIfKnown(start, task.start());
    addIfKnown(completion, task.completion());
    addIfKnown(settled, task.settled());
    addIfKnown(pollInterval, task.pollInterval());
    if (seen != null) {
      lastSync.add(TaskPoints.time(task.object(), seen.lastSync()));
      stageChange.add(TaskPoints.time(task.object(), seen.stageSince()));
    }
  }

  void tasks(String type, Phase phase, int count) {
    tasks.add(TaskPoints.point(count, Labels.of("type", type, "phase", phase.word())));
  }

  void leftOut(int count) {
    leftOut = count;
  }

  MetricSnapshots snapshots() {
    return new MetricSnapshots(
        List.of(
            new InfoSnapshot(new MetricMetadata("acktask", "What each AckTask mirrors."), info),
            gauge("acktask_status_phase", "1 for the phase of each task.", phases),
            gauge("acktask_status_condition", "1 for the status of each condition.", conditions),
            gauge("acktask_overdue", "1 while a task is unfinished past its deadline.", overdue),
            gauge("acktask_created_timestamp_seconds", "When the object was created.", created),
            gauge(
                "acktask_start_timestamp_seconds",
                "Creation of the task in the cloud; of the object where the cloud's is unreadable.",
                start),
            gauge(
                "acktask_completion_timestamp_seconds",
                "When the task finished, whatever the outcome.",
                completion),
            gauge(
                "acktask_settled_timestamp_seconds",
                "When the object first showed the outcome that it shows.",
                settled),
            gauge(
                "acktask_poll_interval_seconds",
                "Time between two polls of an unfinished task.",
                pollInterval),
            gauge(
                "acktask_last_sync_timestamp_seconds",
                "When the cloud last answered for the task; absent before this process asked.",
                lastSync),
            gauge(
                "acktask_stage_change_timestamp_seconds",
                "When this process saw the task enter its present stage.",
                stageChange),
            gauge("acktask_operator_tasks", "Tasks by type and phase.", tasks),
            gauge(
                "acktask_operator_tasks_without_series",
                "Tasks that have no series of their own, because there are more than the limit.",
                List.of(TaskPoints.point(leftOut, Labels.EMPTY)))));
  }

  private static void addIfKnown(
      List<GaugeDataPointSnapshot> points, @Nullable GaugeDataPointSnapshot point) {
    if (point != null) {
      points.add(point);
    }
  }

  private static GaugeSnapshot gauge(
      String name, String help, List<GaugeDataPointSnapshot> points) {
    return new GaugeSnapshot(new MetricMetadata(name, help), points);
  }
}
