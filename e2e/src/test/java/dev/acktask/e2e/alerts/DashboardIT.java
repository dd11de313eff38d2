package dev.acktask.e2e.alerts;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.alerts.PrometheusServer.Sample;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.operator.Answers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The queries of the dashboard, answered by a Prometheus that scrapes an operator with tasks in
 * every phase, gates, a discovery and connections.
 */
@OnControlPlane
class DashboardIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  /** Start and end of the tasks in {@link Answers}. */
  private static final Instant STARTED = Instant.parse("2026-01-01T00:00:00Z");

  private static final Instant ENDED = STARTED.plus(Duration.ofMinutes(5));

  /** Queries for what does not happen here. */
  private static final Set<String> NOTHING_TO_SHOW =
      Set.of(
          // no kubelet
          "Memory of the pods/A",
          "Namespaces that are not watched/A",
          // the column Throttled
          "Connections/B");

  private static MonitoredRun run;

  @BeforeAll
  static void start(ControlPlane controlPlane) throws Exception {
    MonitoringServer.require(PrometheusServer.PROGRAM);
    run = MonitoredRun.start(controlPlane);
  }

  @AfterAll
  static void close() {
    if (run != null) {
      run.close();
    }
  }

  @Test
  void shouldAnswerEveryQuery() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Set<String> empty = new TreeSet<>();
              for (GrafanaQuery query : GrafanaQuery.all()) {
                if (query.ask(run.prometheus()).isEmpty()) {
                  empty.add(query.name());
                }
              }
              empty.removeAll(NOTHING_TO_SHOW);
              assertEquals(Set.of(), empty);
            });
  }

  @Test
  void shouldShowThePhaseOfEachTask() {
    awaitValues(
        "Phase of each task/A",
        "acktask",
        Map.of("running", 2.0, "paused", 3.0, "succeeded-1", 5.0, "failed", 6.0));
    awaitLabels("Phase of each task/A", sample -> isOf("running", sample), running());
  }

  @Test
  void shouldShowWhatRuns() {
    Map<String, String> withConnection = new TreeMap<>(running());
    withConnection.put("connection", connection(MonitoredRun.CONNECTION));
    awaitLabels("Unfinished tasks/B", sample -> isOf("running", sample), withConnection);
    awaitValues("Unfinished tasks/C", "acktask", Map.of("running", millis(STARTED)));
    awaitValues("Slow and overdue tasks/A", "condition", Map.of("Overdue", 1.0));
  }

  @Test
  void shouldShowHowLongTasksTook() {
    awaitValues("Finished tasks/E", "acktask", Map.of("succeeded-1", 300.0, "failed", 300.0));
    awaitValues(
        "Finished tasks/F",
        "acktask",
        Map.of("succeeded-1", millis(STARTED.minus(Duration.ofMinutes(1)))));
    for (String query : List.of("Durations by type/A", "Durations by type/B")) {
      awaitValues(query, "type", Map.of("cluster_upgrade", 300.0));
    }
    awaitValues("Durations by type/C", "type", Map.of("cluster_upgrade", 5.0));
  }

  /** The median of the five that succeeded, and later than nine of ten of them. */
  @Test
  void shouldShowTheExpectedEndOfATaskAndThatItIsPast() {
    awaitValues("Unfinished tasks/D", "acktask", Map.of("running", millis(ENDED)));
    awaitValues("Slow and overdue tasks/D", "acktask", Map.of("running", millis(ENDED)));
    awaitValues(
        "Slow and overdue tasks/A", "condition", Map.of("Overdue", 1.0, "SlowerThanUsual", 1.0));
    // running and paused
    awaitValues("Slower than usual/A", "", Map.of("", 2.0));
  }

  /** Two replicas report the same objects, which the panels count once. */
  @Test
  void shouldCountEachObjectOnce() {
    awaitValues("Did not succeed/A", "", Map.of("", 1.0));
    awaitValues("Overdue/A", "", Map.of("", 1.0));
    awaitValues("Closed gates/A", "", Map.of("", 1.0));
    awaitValues("Connections not ready/A", "", Map.of("", 1.0));
    awaitValues("Failed, not mirrored/A", "", Map.of("", 2.0));
    awaitValues("Objects without series/A", "", Map.of("", 0.0));
  }

  @Test
  void shouldShowTheStateOfEachGate() {
    awaitValues(
        "State of each gate/A", "acktaskgate", Map.of("open", 1.0, "waiting", 2.0, "closed", 3.0));
    awaitValues("Gates that are not open/A", "acktaskgate", Map.of("waiting", 1.0, "closed", 2.0));
    awaitValues("Gates that are not open/B", "acktaskgate", Map.of("waiting", 1.0));
  }

  @Test
  void shouldShowConnectionsAndWhatIsNotMirrored() {
    awaitValues(
        "Connections/A",
        "connection",
        Map.of(connection(MonitoredRun.CONNECTION), 1.0, connection("broken"), 3.0));
    awaitValues("Connections/C", "connection", Map.of(connection("broken"), 1.0));
    awaitLabels(
        "Failed tasks without AckTask/A",
        sample -> sample.value() == 2,
        Map.of(
            "discovery", run.namespace() + "/report",
            "cluster_id", "c00000000000000000000000000000001",
            "type", "cluster_upgrade"));
  }

  @Test
  void shouldMarkWhenTasksStartedAndEnded() {
    awaitValues("Task starts", "acktask", Map.of("running", millis(STARTED)));
    awaitValues("Task succeeds", "acktask", Map.of("succeeded-1", millis(ENDED)));
    awaitValues("Task ends without success", "acktask", Map.of("failed", millis(ENDED)));
  }

  @Test
  void shouldShowOnlyWhatIsSelected() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertEquals(
                  Set.of("failed"),
                  values("Finished tasks/A", "acktask", Map.of("task", "failed")).keySet());
              assertEquals(
                  Set.of("running"),
                  values(
                          "Phase of each task/A",
                          "acktask",
                          Map.of("task", "running|none", "namespace", run.namespace()))
                      .keySet());
              assertEquals(
                  Set.of(connection("broken")),
                  values("Connections/A", "connection", Map.of("connection", connection("broken")))
                      .keySet());
              assertTrue(
                  !values("Listed tasks by state/A", "state", Map.of("namespace", run.namespace()))
                      .isEmpty());
            });
  }

  /** No panel of tasks and no mark ignores a filter. */
  @Test
  void shouldShowNoTaskWhenNoneIsSelected() throws Exception {
    await()
        .atMost(SOON)
        .until(() -> !GrafanaQuery.named("Task starts").ask(run.prometheus()).isEmpty());
    for (String variable :
        List.of("namespace", "connection", "ack_cluster", "type", "task", "cluster")) {
      for (GrafanaQuery query : GrafanaQuery.all()) {
        if (query.expression().contains("acktask_info{")) {
          assertEquals(
              List.of(),
              query.ask(run.prometheus(), Map.of(variable, "none")),
              () -> query.name() + " without " + variable);
        }
      }
    }
  }

  private static boolean isOf(String task, Sample sample) {
    return sample.label("acktask").equals(task);
  }

  /** What identifies the running task. */
  private static Map<String, String> running() {
    return Map.of(
        "namespace",
        run.namespace(),
        "acktask",
        "running",
        "type",
        "cluster_upgrade",
        "cluster_id",
        MonitoredRun.ACK_CLUSTER);
  }

  /** The label of a connection. */
  private static String connection(String name) {
    return run.namespace() + "/" + name;
  }

  private static double millis(Instant time) {
    return time.toEpochMilli();
  }

  /** Waits until the values by a label contain these. */
  private static void awaitValues(String query, String label, Map<String, Double> expected) {
    await(query)
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Map<String, Double> values = values(query, label, Map.of());
              values.keySet().retainAll(expected.keySet());
              assertEquals(new TreeMap<>(expected), values);
            });
  }

  private static Map<String, Double> values(
      String query, String label, Map<String, String> selected)
      throws IOException, InterruptedException {
    return GrafanaQuery.named(query).ask(run.prometheus(), selected).stream()
        .collect(
            Collectors.toMap(
                sample -> sample.label(label), Sample::value, (one, other) -> one, TreeMap::new));
  }

  /** Waits until the only series of this kind has these labels. */
  private static void awaitLabels(
      String query, Predicate<Sample> kind, Map<String, String> expected) {
    await(query)
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertEquals(
                    List.of(expected),
                    GrafanaQuery.named(query).ask(run.prometheus()).stream()
                        .filter(kind)
                        .map(Sample::labels)
                        .toList()));
  }
}
