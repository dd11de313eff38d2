package dev.acktask.operator.discovery.controller;

import static org.awaitility.Awaitility.await;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.Condition;
import dev.acktask.operator.api.v1alpha1.DiscoveryMetadata;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec.Clusters;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.connection.NamespaceLabels;
import dev.acktask.operator.discovery.ListedTasks;
import dev.acktask.operator.framework.FrameworkSettings;
import dev.acktask.operator.framework.ReconcileGuard;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.kubernetes.FencedApiServer;
import dev.acktask.operator.kubernetes.KubernetesEventRecorder;
import dev.acktask.operator.metrics.RecordingMetrics;
import dev.acktask.operator.polling.SweepResult;
import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.polling.SweepSubscription;
import dev.acktask.operator.polling.Sweeps;
import dev.acktask.operator.task.TaskLookup.Rejected;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.operator.text.Parsed;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The controller of the discoveries in the real framework, with scripted sweeps. */
final class RunningDiscoveries implements AutoCloseable, Sweeps, DiscoverySweepListener {
  static final Duration TIMEOUT = Duration.ofSeconds(20);
  static final String CLUSTER = "c-example";

  final FencedApiServer server = new FencedApiServer();
  final KubernetesClient client = server.client();
  final RecordingMetrics metrics = new RecordingMetrics();
  final AtomicBoolean isLeader = new AtomicBoolean(true);
  final Map<ResourceID, SweepSubscription> subscriptions = new ConcurrentHashMap<>();

  /** What the listener of all sweeps received. */
  final List<String> reported = new CopyOnWriteArrayList<>();

  private DiscoveryControllers controllers;

  /** Starts the operator, as in a new process. No namespaces means all of them. */
  void start(String... namespaces) {
    start(namespace -> true, namespaces);
  }

  void start(Predicate<String> mayCreate, String... namespaces) {
    controllers =
        new DiscoveryControllers(
            client,
            DiscoveryAccess.of(client, mayCreate),
            this,
            new ServedAckTasks(client),
            new DiscoveryReporting(
                new ConnectionResolver(
                    (key, version, spec) -> new Parsed.Invalid<>(List.of("is not used.")),
                    Optional.empty(),
                    NamespaceLabels.UNKNOWN),
                KubernetesEventRecorder.of(client, "test", Clock.systemUTC(), metrics),
                isLeader::get,
                new ReconcileGuard(new ReconcileTracker(System::nanoTime), metrics, () -> {}),
                Clock.systemUTC(),
                System::nanoTime),
            this);
    controllers.register(
        FrameworkSettings.operator(client, Executors.newFixedThreadPool(2), Metrics.NOOP, () -> {}),
        List.of(namespaces));
    controllers.start();
  }

  void restart() {
    controllers.stop();
    subscriptions.clear();
    start();
  }

  @Override
  public void close() {
    controllers.stop();
    server.close();
  }

  @Override
  public void subscribe(ResourceID subscriber, SweepSubscription subscription) {
    subscriptions.put(subscriber, subscription);
  }

  @Override
  public void unsubscribe(ResourceID subscriber) {
    subscriptions.remove(subscriber);
  }

  @Override
  public void swept(ResourceID discovery, SweepResult result) {
    reported.add(discovery.getName() + " " + result.getClass().getSimpleName());
  }

  @Override
  public void forget(ResourceID discovery) {
    reported.add(discovery.getName() + " forgotten");
  }

  DiscoveryControllers controllers() {
    return controllers;
  }

  /** A spec with one cluster. */
  static DiscoverySpec.Builder spec() {
    return DiscoverySpec.builder().clusters(new Clusters(List.of(CLUSTER), null, null));
  }

  /** Creates a discovery in {@code shop}, and waits for its subscription. */
  void create(String name, DiscoverySpec.Builder spec) {
    AckTaskDiscovery object = new AckTaskDiscovery();
    object.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName(name).build());
    object.setSpec(spec.build());
    client.resource(object).create();
  }

  void awaitSubscription(String name) {
    await().atMost(TIMEOUT).until(() -> subscriptions.containsKey(id(name)));
  }

  AckTaskDiscovery get(String name) {
    return client.resources(AckTaskDiscovery.class).inNamespace("shop").withName(name).get();
  }

  /** A complete list of the cluster, for one discovery. */
  void sweep(String name, ListedTasks... tasks) {
    awaitSubscription(name);
    send(
        name,
        new SweepResult.Tasks(
            ConnectionKey.cluster("eu"),
            Instant.now(),
            System.nanoTime(),
            CLUSTER,
            Stream.of(tasks).map(it -> it.created(Instant.now()).build()).toList(),
            true));
  }

  void failSweep(String name, Refusal cause) {
    awaitSubscription(name);
    send(
        name,
        new SweepResult.Failed(
            ConnectionKey.cluster("eu"),
            Instant.now(),
            System.nanoTime(),
            SweptList.TASKS,
            CLUSTER,
            new Rejected(cause, "The cloud refuses the list.", null)));
  }

  List<String> ackTasks() {
    return client.resources(AckTask.class).inAnyNamespace().list().getItems().stream()
        .map(it -> it.getMetadata().getName())
        .sorted()
        .toList();
  }

  void awaitAckTasks(String... names) {
    await().atMost(TIMEOUT).until(() -> ackTasks().equals(List.of(names)));
  }

  void awaitReady(String name, String reason) {
    await().atMost(TIMEOUT).until(() -> reason.equals(reason(get(name))));
  }

  List<String> events() {
    return client.events().v1().events().inNamespace("shop").list().getItems().stream()
        .map(event -> event.getReason())
        .sorted()
        .toList();
  }

  static ResourceID id(String name) {
    return new ResourceID(name, "shop");
  }

  private void send(String name, SweepResult result) {
    Objects.requireNonNull(subscriptions.get(id(name))).listener().accept(result);
  }

  private static String reason(AckTaskDiscovery object) {
    return Optional.ofNullable(object.getStatus()).map(DiscoveryStatus::conditions).stream()
        .flatMap(List::stream)
        .filter(condition -> condition.type().equals("Ready"))
        .map(Condition::reason)
        .findFirst()
        .orElse("");
  }

  /** Reads the API server in place of an informer's cache. */
  private record ServedAckTasks(KubernetesClient client) implements AckTaskIndex {
    @Override
    public List<AckTask> ofTask(String taskId) {
      return all().filter(it -> taskId.equals(it.getSpec().taskId())).toList();
    }

    @Override
    public List<AckTask> ofDiscovery(String namespace, String label) {
      return all()
          .filter(it -> namespace.equals(it.getMetadata().getNamespace()))
          .filter(
              it -> label.equals(it.getMetadata().getLabels().get(DiscoveryMetadata.DISCOVERED_BY)))
          .toList();
    }

    private Stream<AckTask> all() {
      return client.resources(AckTask.class).inAnyNamespace().list().getItems().stream();
    }
  }
}
