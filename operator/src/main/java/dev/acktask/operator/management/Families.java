package dev.acktask.operator.management;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The metric families of the tasks, as one scrape fills them. */
final class Families {
  private static final String[] OBJECT = {"namespace", "acktask"};
  private static final String[] INFO = {
    "namespace", "acktask", "task_id", "type", "cluster_id", "region"
  };
  private static final String[] PHASE = {"namespace", "acktask", "phase"};
  private static final String[] CONDITION = {"namespace", "acktask", "condition", "status"};
  private static final String[] TASKS = {"type", "phase"};

  /** The times that a task can have. */
  enum Time {
    CREATED("When the object was created."),
    START("When the task was created in the cloud."),
    COMPLETION("When the task finished, whatever the outcome."),
    LAST_SYNC("When the cloud last answered for the task; absent before this process asked."),
    STAGE_CHANGE("When this process saw the task enter its present stage.");

    private final String help;

    Time(String help) {
      this.help = help;
    }

    private MetricMetadata metadata() {
      String name = "acktask_" + name().toLowerCase(Locale.ROOT) + "_timestamp_seconds";
      return new MetricMetadata(name, help);
    }
  }

  private final List<InfoDataPointSnapshot> info = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> phases = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> conditions = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> overdue = new ArrayList<>();
  private final List<GaugeDataPointSnapshot> tasks = new ArrayList<>();
  private final Map<Time, List<GaugeDataPointSnapshot>> times = new EnumMap<>(Time.class);
  private int leftOut;

  Families() {
    for (Time time : Time.values()) {
      times.put(time, new ArrayList<>());
    }
  }

  void info(String... values) {
    info.add(new InfoDataPointSnapshot(Labels.of(INFO, values)));
  }

  void phase(String... values) {
    phases.add(one(PHASE, values));
  }

  void condition(String... values) {
    conditions.add(one(CONDITION, values));
  }

  void overdue(String namespace, String name, boolean is) {
    overdue.add(point(is ? 1 : 0, OBJECT, namespace, name));
  }

  void time(Time time, String namespace, String name, @Nullable Instant instant) {
    List<GaugeDataPointSnapshot> points = times.get(time);
    if (instant != null && points != null) {
      points.add(point(instant.toEpochMilli() / 1000.0, OBJECT, namespace, name));
    }
  }

  void tasks(String type, String phase, int count) {
    tasks.add(point(count, TASKS, type, phase));
  }

  void leftOut(int count) {
    leftOut = count;
  }

  MetricSnapshots snapshots() {
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(new InfoSnapshot(new MetricMetadata("acktask", "What each AckTask mirrors."), info));
    all.add(gauge("acktask_status_phase", "1 for the phase of each task.", phases));
    all.add(gauge("acktask_status_condition", "1 for the status of each condition.", conditions));
    all.add(gauge("acktask_overdue", "1 while a task is unfinished past its deadline.", overdue));
    times.forEach((time, points) -> all.add(new GaugeSnapshot(time.metadata(), points)));
    all.add(gauge("acktask_operator_tasks", "Tasks by type and phase.", tasks));
    all.add(
        gauge(
            "acktask_operator_tasks_without_series",
            "Tasks that have no series of their own, because there are more than the limit.",
            List.of(point(leftOut, new String[0]))));
    return new MetricSnapshots(all);
  }

  private static GaugeSnapshot gauge(
      String name, String help, List<GaugeDataPointSnapshot> points) {
    return new GaugeSnapshot(new MetricMetadata(name, help), points);
  }

  private static GaugeDataPointSnapshot one(String[] names, String... values) {
    return point(1, names, values);
  }

  private static GaugeDataPointSnapshot point(double value, String[] names, String... values) {
    return new GaugeDataPointSnapshot(value, Labels.of(names, values), null);
  }
}
