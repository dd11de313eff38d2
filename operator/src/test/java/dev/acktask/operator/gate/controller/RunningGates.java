package dev.acktask.operator.gate.controller;

import static org.awaitility.Awaitility.await;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.framework.FrameworkSettings;
import dev.acktask.operator.framework.ReconcileGuard;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.kubernetes.FencedApiServer;
import dev.acktask.operator.kubernetes.KubernetesEventRecorder;
import dev.acktask.operator.metrics.RecordingMetrics;
import dev.acktask.operator.polling.SweepResult;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The controller of the gates in the real framework, with AckTasks and sweeps in memory. */
final class RunningGates implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  final FencedApiServer server = new FencedApiServer();
  final KubernetesClient client = server.client();
  final RecordingMetrics metrics = new RecordingMetrics();
  final AtomicBoolean isLeader = new AtomicBoolean(true);
  final FakeGateTasks tasks = new FakeGateTasks();
  final FakeDiscoveries discoveries = new FakeDiscoveries();

  /** The monotonic clock of the sweeps, in nanoseconds. */
  final AtomicLong clock = new AtomicLong(1_000);

  private ClusterLists lists;
  private GateControllers controllers;

  /** Starts the operator, as in a new process. No namespaces means all of them. */
  void start(String labelSelector, String... namespaces) {
    lists = new ClusterLists(clock::get);
    controllers =
        new GateControllers(
            client,
            tasks,
            discoveries,
            lists,
            new GateReporting(
                KubernetesEventRecorder.of(client, "test", Clock.systemUTC(), metrics),
                isLeader::get,
                new ReconcileGuard(new ReconcileTracker(System::nanoTime), metrics, () -> {}),
                Clock.systemUTC()));
    controllers.register(
        FrameworkSettings.operator(client, Executors.newFixedThreadPool(2), Metrics.NOOP, () -> {}),
        List.of(namespaces),
        labelSelector);
    controllers.start();
  }

  void restart() {
    controllers.stop();
    start("");
  }

  @Override
  public void close() {
    controllers.stop();
    server.close();
  }

  GateControllers controllers() {
    return controllers;
  }

  /** Creates {@code gate} as a user would. */
  void create(AckTaskGate gate) {
    gate.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(gate.getMetadata().getNamespace())
            .withName(gate.getMetadata().getName())
            .withLabels(gate.getMetadata().getLabels())
            .build());
    client.resource(gate).create();
  }

  AckTaskGate get(String name) {
    return client.resources(AckTaskGate.class).inNamespace("shop").withName(name).get();
  }

  /** Another client replaces parts of a status, beside writes of the controller. */
  void forge(String name, String json) {
    client
        .resources(AckTaskGate.class)
        .inNamespace("shop")
        .withName(name)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  /** The cache has a new version of {@code task}. */
  void put(AckTask task) {
    List<AckTask> before =
        tasks.find(task.getMetadata().getNamespace(), task.getMetadata().getName()).stream()
            .toList();
    tasks.put(task);
    controllers.taskChanged(before.isEmpty() ? List.of(task) : List.of(before.getFirst(), task));
  }

  void delete(AckTask task) {
    tasks.remove(task);
    controllers.taskChanged(List.of(task));
  }

  /** A sweep for the discovery {@code all} ended, a moment after it began. */
  void sweep(SweepResult result) {
    clock.incrementAndGet();
    lists.swept(Gates.id("all"), result);
  }

  /** The present time; a sweep that begins now began after each known gate was observed. */
  long now() {
    return clock.incrementAndGet();
  }

  void forgetDiscovery() {
    lists.forget(Gates.id("all"));
  }

  /**
   * Waits for status and reason of the Succeeded condition, for example {@code True/NoneRunning}.
   */
  void awaitVerdict(String name, String verdict) {
    await().atMost(TIMEOUT).until(() -> verdict(name), verdict::equals);
  }

  String verdict(String name) {
    return Optional.ofNullable(get(name))
        .map(AckTaskGate::getStatus)
        .map(GateStatus::conditions)
        .stream()
        .flatMap(List::stream)
        .filter(condition -> condition.type().equals("Succeeded"))
        .map(RunningGates::text)
        .findFirst()
        .orElse("");
  }

  List<String> events() {
    return client.events().v1().events().inNamespace("shop").list().getItems().stream()
        .map(event -> event.getReason())
        .sorted()
        .toList();
  }

  private static String text(Condition condition) {
    return condition.status() + "/" + condition.reason();
  }
}
