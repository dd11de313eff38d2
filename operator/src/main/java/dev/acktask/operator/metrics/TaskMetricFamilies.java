package dev.acktask.operator.metrics;

import dev.acktask.operator.api.v1alpha1.Phase;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The metric families of the tasks, built for one scrape. */
final class TaskMetricFamilies {
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
  private final List<GaugeDataPointSnapshot> expectedCompletion = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> tasks = new ArrayList<>();
  private int tasksWithoutSeries;

  /**
   * Adds the series of one object.
   *
   * @param synced when its task last answered; null if it has not
   */
  void add(TaskSamples task, @Nullable Instant synced) {
    info.add(task.info());
    phases.add(task.state().phase());
    conditions.addAll(task.state().conditions());
    overdue.add(task.state().overdue());
    addIfKnown(created, task.times().created());
    addIfKnown(start, task.times().start());
    addIfKnown(completion, task.times().completion());
    addIfKnown(settled, task.times().settled());
    addIfKnown(pollInterval, task.pollInterval());
    addIfKnown(stageChange, task.times().stageChange());
    addIfKnown(expectedCompletion, task.times().expectedCompletion());
    if (synced != null) {
      lastSync.add(TaskSamples.time(task.object(), synced));
    }
  }

  void addCount(String type, Phase phase, int count) {
    tasks.add(TaskSamples.point(count, Labels.of("type", type, "phase", phase.apiName())));
  }

  void setTasksWithoutSeries(int count) {
    tasksWithoutSeries = count;
  }

  MetricSnapshots snapshots() {
    return new MetricSnapshots(
        List.of(
            new InfoSnapshot(
                new MetricMetadata("acktask", "Identity of the task behind each AckTask."), info),
            gauge("acktask_status_phase", "1 for the current phase of each task.", phases),
            gauge(
                "acktask_status_condition",
                "1 for the current status of each condition.",
                conditions),
            gauge(
                "acktask_overdue",
                "1 while the task is unfinished past its deadline, else 0.",
                overdue),
            gauge("acktask_created_timestamp_seconds", "When the object was created.", created),
            gauge(
                "acktask_start_timestamp_seconds",
                "When the task started in the cloud, or when the object was created if earlier.",
                start),
            gauge(
                "acktask_completion_timestamp_seconds",
                "When the task finished, with any outcome.",
                completion),
            gauge(
                "acktask_settled_timestamp_seconds",
                "When the condition Settled became True.",
                settled),
            gauge(
                "acktask_poll_interval_seconds",
                "Time between two polls of an unfinished task.",
                pollInterval),
            gauge(
                "acktask_last_sync_timestamp_seconds",
                "Last complete response for the task; absent until this process has polled it.",
                lastSync),
            gauge(
                "acktask_stage_change_timestamp_seconds",
                "When the unfinished task was first observed in its current stage.",
                stageChange),
            gauge(
                "acktask_expected_completion_timestamp_seconds",
                "Estimated end of the unfinished task, from earlier tasks of its type.",
                expectedCompletion),
            gauge("acktask_operator_tasks", "Tasks by type and phase.", tasks),
            gauge(
                "acktask_operator_tasks_without_series",
                "Tasks without per-task series, because there are more than the limit.",
                List.of(TaskSamples.point(tasksWithoutSeries, Labels.EMPTY)))));
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
