package dev.acktask.operator.polling;

import static dev.acktask.operator.api.v1alpha1.AckTasks.spec;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.FakeConnections;
import dev.acktask.operator.controller.FakeTaskClient;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.metrics.RecordingMetrics;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** A poller whose steps run when the test says so, on a simulated clock. */
abstract class TaskPollerTestCase {
  static final Duration INTERVAL = Duration.ofSeconds(20);

  /** The cloud of the built-in connection. */
  final FakeTaskClient cloud = new FakeTaskClient();

  private final Map<ConnectionKey, FakeTaskClient> clouds = new HashMap<>();

  /** The lists of all connections. */
  final FakeLists lists = new FakeLists();

  final RecordingMetrics metrics = new RecordingMetrics();
  final List<ResourceID> events = new ArrayList<>();
  final List<Runnable> waiting = new ArrayList<>();
  Instant now = Instant.parse("2026-01-02T03:04:05Z");
  long nanos;
  int exits;
  final FakeConnections connections = new FakeConnections(this::cloud, 60_000, () -> nanos);
  TaskPoller poller = poller(60_000, Runnable::run, metrics);

  TaskPoller poller(int requestsPerMinute, Executor polls, OperatorMetrics recorded) {
    Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    PollSchedule schedule = new PollSchedule(INTERVAL, Duration.ofSeconds(5), INTERVAL);
    connections.restart(requestsPerMinute);
    TaskPoller created =
        new TaskPoller(
            connections.resolver(),
            new PollContext(
                schedule,
                new ObservationCache(10_000_000),
                new ListedPages(1_000_000, () -> nanos),
                clock,
                () -> nanos),
            new PollExecution(polls, 64, recorded, () -> exits++),
            connection -> lists.of(connection.key()));
    created.setEventHandler(event -> events.add(event.getRelatedCustomResourceID()));
    return created;
  }

  /** The cloud of a connection. */
  final FakeTaskClient cloud(ConnectionKey key) {
    return key.equals(ConnectionKey.BUILT_IN)
        ? cloud
        : clouds.computeIfAbsent(key, none -> new FakeTaskClient());
  }

  /** Starts all calls that are due; the number of polls. */
  int pollAll() {
    int started = 0;
    int pages = lists.calls.size();
    while (step().isZero()) {
      started++;
    }
    return started - (lists.calls.size() - pages);
  }

  /** Steps of the connections up to the first poll; how long to wait if none is due. */
  Duration step() {
    Duration wait = Duration.ofSeconds(5);
    for (ConnectionPoller each : poller.pollers()) {
      Duration next = each.step();
      wait = next.compareTo(wait) < 0 ? next : wait;
      if (next.isZero()) {
        return next;
      }
    }
    return wait;
  }

  void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  static AckTask task(String name, String taskId) {
    return task("shop", name, taskId);
  }

  static AckTask task(String namespace, String name, String taskId) {
    return task(namespace, name, spec().taskId(taskId).build());
  }

  /** An object that references a ClusterAckConnection. */
  static AckTask task(String name, String taskId, ConnectionKey connection) {
    ConnectionRef ref = new ConnectionRef(connection.kind().apiName(), connection.name());
    return task("shop", name, spec().taskId(taskId).connectionRef(ref).build());
  }

  private static AckTask task(String namespace, String name, AckTaskSpec spec) {
    return AckTasks.submitted()
        .namespace(namespace)
        .name(name)
        .uid(namespace + "/" + name)
        .generation(1)
        .spec(spec)
        .build();
  }
}
