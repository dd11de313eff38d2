package dev.acktask.operator.connection.controller;

import static org.awaitility.Awaitility.await;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.Credentials;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec.SecretRef;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.ConnectionEvaluator;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.connection.Connections;
import dev.acktask.operator.connection.NamespaceLabels;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.connection.Resolution;
import dev.acktask.operator.framework.FrameworkSettings;
import dev.acktask.operator.framework.ReconcileGuard;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.kubernetes.FencedApiServer;
import dev.acktask.operator.kubernetes.KubernetesEventRecorder;
import dev.acktask.operator.kubernetes.NamespaceWatch;
import dev.acktask.operator.metrics.RecordingMetrics;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.Parsed;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** The controllers of the connections in the real framework, with a scripted cloud. */
final class RunningConnections implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  final FencedApiServer server = new FencedApiServer();
  final KubernetesClient client = server.client();
  final RecordingMetrics metrics = new RecordingMetrics();
  final AtomicBoolean isLeader = new AtomicBoolean(true);

  /** The AckTasks that are counted. */
  final List<AckTask> tasks = new CopyOnWriteArrayList<>();

  /** The answer of the cloud by name of the connection. */
  final Map<String, TaskLookup> answers = new ConcurrentHashMap<>();

  private ConnectionResolver connections;
  private ConnectionTaskCounter counter;
  private ConnectionControllers controllers;

  /** Starts the operator, as in a new process. No namespaces means all of them. */
  void start(String... namespaces) {
    connections = new ConnectionResolver(this::create, Optional.empty(), NamespaceLabels.UNKNOWN);
    counter = new ConnectionTaskCounter(() -> tasks, connections, System::nanoTime);
    controllers =
        new ConnectionControllers(
            client,
            connections,
            new NamespaceWatch(
                new KubernetesClientBuilder().withConfig(client.getConfiguration()).build(),
                () -> {}),
            new ConnectionReporting(
                new ConnectionEvaluator(Optional.of(ConnectionStatus.ACCESS_KEY)),
                counter,
                KubernetesEventRecorder.of(client, "test", Clock.systemUTC(), metrics),
                isLeader::get,
                new ReconcileGuard(new ReconcileTracker(System::nanoTime), metrics, () -> {}),
                Clock.systemUTC()));
    controllers.register(
        FrameworkSettings.operator(client, Executors.newFixedThreadPool(2), Metrics.NOOP, () -> {}),
        List.of(namespaces));
    controllers.start();
  }

  void restart() {
    controllers.stop();
    start();
  }

  @Override
  public void close() {
    controllers.stop();
    server.close();
  }

  /** A spec with a Secret. */
  static ConnectionSpec.Builder spec() {
    return ConnectionSpec.builder()
        .regionId(Connections.REGION)
        .credentials(new Credentials(new SecretRef("key"), null));
  }

  /** Creates an AckConnection in {@code shop}. */
  void create(String name, ConnectionSpec spec) {
    AckConnection object = new AckConnection();
    object.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName(name).build());
    object.setSpec(spec);
    client.resource(object).create();
  }

  /** Creates a ClusterAckConnection with the operator's own identity. */
  void createInCluster(String name) {
    ClusterAckConnection object = new ClusterAckConnection();
    object.setMetadata(new ObjectMetaBuilder().withName(name).build());
    object.setSpec(ConnectionSpec.builder().regionId(Connections.REGION).build());
    client.resource(object).create();
  }

  AckConnection connection(String name) {
    return client.resources(AckConnection.class).inNamespace("shop").withName(name).get();
  }

  ClusterAckConnection inCluster(String name) {
    return client.resources(ClusterAckConnection.class).withName(name).get();
  }

  /** Polls {@code count} tasks with an AckConnection in {@code shop}, one after the other. */
  void poll(String name, int count) {
    poll(new ConnectionRef(AckConnection.KIND, name), count);
  }

  void pollInCluster(String name) {
    poll(new ConnectionRef(ClusterAckConnection.KIND, name), 1);
  }

  private void poll(ConnectionRef ref, int count) {
    await()
        .atMost(TIMEOUT)
        .until(() -> connections.resolve("shop", ref) instanceof Resolution.Resolved);
    if (connections.resolve("shop", ref) instanceof Resolution.Resolved resolved) {
      for (int i = 0; i < count; i++) {
        resolved.connection().describe(TaskRef.parse("T-" + i).orElseThrow(), null);
      }
    }
  }

  /** Counts the AckTasks now. */
  void count() {
    counter.count();
  }

  List<String> known() {
    return controllers.known().stream().map(it -> it.getMetadata().getName()).sorted().toList();
  }

  void awaitReady(String name, String reason) {
    await().atMost(TIMEOUT).until(() -> reason.equals(reason(connection(name))));
  }

  void awaitReadyInCluster(String name, String reason) {
    await().atMost(TIMEOUT).until(() -> reason.equals(reason(inCluster(name))));
  }

  /** Reasons of the Events in a namespace. */
  List<String> events(String namespace) {
    return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
        .map(event -> event.getReason())
        .toList();
  }

  static String reason(CustomResource<ConnectionSpec, ConnectionStatus> object) {
    return Optional.ofNullable(object.getStatus()).map(ConnectionStatus::conditions).stream()
        .flatMap(List::stream)
        .filter(condition -> condition.type().equals("Ready"))
        .map(Condition::reason)
        .findFirst()
        .orElse("");
  }

  static String version(HasMetadata object) {
    return object.getMetadata().getResourceVersion();
  }

  private Parsed<Connection> create(ConnectionKey key, String version, ConnectionSpec spec) {
    return spec.regionId() == null
        ? new Parsed.Invalid<>(List.of("has no spec.regionId."))
        : new Parsed.Valid<>(
            Connections.of(
                key,
                version,
                task -> answers.getOrDefault(key.name(), new TaskLookup.Unchanged()),
                new RequestBudget(600_000, 1_000, System::nanoTime),
                System::nanoTime));
  }
}
