package dev.acktask.operator.controller;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.health.Health;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.health.ResourceVersionLister;
import dev.acktask.operator.metrics.RecordingMetrics;
import dev.acktask.operator.text.Redaction;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The controller in the real framework, with a mock API server. */
@EnableKubernetesMockClient(crud = true)
final class ControllerSettingsTest {
  private static final Duration WRITE_PERMIT_TIMEOUT = Duration.ofSeconds(20);

  KubernetesMockServer server;
  KubernetesClient client;

  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final List<String> ended = new CopyOnWriteArrayList<>();
  private final RecordingMetrics metrics = new RecordingMetrics();
  private final AtomicInteger exits = new AtomicInteger();
  private final ExecutorService events = Executors.newSingleThreadExecutor();
  private final AtomicLong trackerClock = new AtomicLong();
  private final CountDownLatch hang = new CountDownLatch(1);
  private ReconcileTracker reconciles;
  private ControllerSettings controller;
  private Operator operator;

  @BeforeEach
  void start() {
    CustomResourceDefinition crd =
        client
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .load(Path.of("../crds/acktasks.acktask.dev.yaml").toFile())
            .item();
    client.resource(crd).create();
    startOperator(List.of());
  }

  @AfterEach
  void stop() {
    hang.countDown();
    operator.stop();
    events.shutdownNow();
  }

  private void startOperator(List<String> namespaces) {
    Connection connection =
        new Connection(
            ref -> {
              calls.computeIfAbsent(ref.taskId(), id -> new AtomicInteger()).incrementAndGet();
              String state = states.getOrDefault(ref.taskId(), "running");
              if (state.equals("hang")) {
                await().atMost(WRITE_PERMIT_TIMEOUT).until(() -> hang.getCount() == 0);
              }
              if (state.equals("throw")) {
                throw new StackOverflowError();
              }
              return FakeTaskClient.state(ref, state);
            },
            new RequestBudget(600_000, 1_000, System::nanoTime),
            metrics);
    PollSchedule schedule =
        new PollSchedule(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofSeconds(1));
    reconciles = new ReconcileTracker(8, Duration.ofSeconds(10), trackerClock::get, metrics);
    controller =
        new ControllerSettings(new GuardedReconciler(reconciler(connection, schedule), reconciles));
    operator =
        controller.operator(
            client,
            namespaces,
            Executors.newFixedThreadPool(8),
            Metrics.NOOP,
            exits::incrementAndGet);
    operator.start();
  }

  private AckTaskReconciler reconciler(Connection connection, PollSchedule schedule) {
    AckTaskStore store = new KubernetesAckTaskStore(client);
    Agenda agenda = new Agenda(System::nanoTime);
    return new AckTaskReconciler(
        new TaskEvaluator(schedule, Redaction.BUILT_IN),
        new StatusWriter(
            store,
            new KubernetesEventRecorder(client, events, "test", Clock.systemUTC(), metrics),
            (task, status) -> ended.add(status.reason()),
            () -> true,
            ConcurrencyLimiter.ofStatusWrites(),
            System::nanoTime),
        new TtlCollector(store, () -> true),
        new Turns(agenda, schedule, connection, Clock.systemUTC()),
        new FailureBackoff(agenda, exits::incrementAndGet, () -> 0.5, metrics),
        Clock.systemUTC(),
        () -> false);
  }

  /** Listing 60,000 objects takes half a minute with two processors. */
  @Test
  void shouldHaveTimeForTheFirstListWhenThereAreVeryManyObjects() {
    Duration timeout = operator.getConfigurationService().cacheSyncTimeout();
    assertTrue(timeout.compareTo(Duration.ofMinutes(10)) >= 0, timeout.toString());
  }

  @Test
  void shouldMirrorATaskFromItsFirstLookToItsEnd() {
    create("a", "T-a");
    awaitPhase("a", Phase.RUNNING);
    states.put("T-a", "success");
    awaitPhase("a", Phase.SUCCEEDED);
  }

  @Test
  void shouldTellTransitionsAsEventsOnce() {
    states.put("T-a", "failed");
    create("a", "T-a");
    awaitPhase("a", Phase.FAILED);
    await().atMost(WRITE_PERMIT_TIMEOUT).until(() -> !events().isEmpty());
    operator.stop();
    startOperator(List.of());
    assertEquals(List.of("TaskFailed"), events());
    assertEquals(List.of("TaskFailed"), metrics.events);
    assertEquals(List.of("TaskFailed"), ended);
  }

  @Test
  void shouldCostNothingOnceFinishedAlsoAfterARestart() {
    states.put("T-a", "success");
    create("a", "T-a");
    awaitPhase("a", Phase.SUCCEEDED);
    String version = task("a").getMetadata().getResourceVersion();
    operator.stop();
    startOperator(List.of());
    create("b", "T-b");
    awaitPhase("b", Phase.RUNNING);
    await().atMost(WRITE_PERMIT_TIMEOUT).until(() -> calls.get("T-b").get() > 5);
    assertEquals(1, calls.get("T-a").get());
    assertEquals(version, task("a").getMetadata().getResourceVersion());
  }

  @Test
  @Tag("F86")
  void shouldVisitAnObjectAgainAfterAnError() {
    states.put("T-a", "throw");
    create("a", "T-a");
    await().atMost(WRITE_PERMIT_TIMEOUT).until(() -> calls.containsKey("T-a"));
    states.put("T-a", "failed");
    awaitPhase("a", Phase.FAILED);
    assertTrue(metrics.failures.get() > 0, "a failed reconcile is not reported");
  }

  @Test
  @Tag("F60")
  void shouldTolerateObjectsOfAnotherVersion() {
    String odd =
        """
        apiVersion: acktask.dev/v1alpha1
        kind: AckTask
        metadata: {name: odd, namespace: test}
        spec: {taskId: T-odd, fromTheFuture: {a: [1]}, include: [Everything], successPolicy: Lenient}
        status: {phase: Dreaming, fromTheFuture: 1, conditions: [{type: New, status: "True", reason: X,
          message: m, lastTransitionTime: "2026-01-01T00:00:00Z", extra: 1}]}
        """;
    client.resource(odd).create();
    create("a", "T-a");
    awaitPhase("a", Phase.RUNNING);
    awaitPhase("odd", Phase.RUNNING);
    assertEquals(0, exits.get());
  }

  @Test
  @Tag("F55")
  void shouldNotRecreateADeletedObject() {
    create("a", "T-a");
    awaitPhase("a", Phase.RUNNING);
    client.resource(task("a")).delete();
    int before = calls.get("T-a").get();
    create("b", "T-b");
    await()
        .atMost(WRITE_PERMIT_TIMEOUT)
        .until(() -> calls.containsKey("T-b") && calls.get("T-b").get() > 10);
    assertTrue(calls.get("T-a").get() <= before + 2, "polled after its deletion");
    assertEquals(null, client.resources(AckTask.class).inNamespace("test").withName("a").get());
  }

  @Test
  @Tag("F92")
  void shouldKnowWhatTheApiServerKnows() {
    ResourceVersionLister onServer =
        new ResourceVersionLister(client, AckTask.class, List.of(), WRITE_PERMIT_TIMEOUT);
    create("a", "T-a");
    create("b", "T-b");
    awaitPhase("a", Phase.RUNNING);
    awaitPhase("b", Phase.RUNNING);
    client.resource(task("b")).delete();
    assertEquals(Set.of(task("a").getMetadata().getUid()), versions(onServer).keySet());
    await()
        .atMost(WRITE_PERMIT_TIMEOUT)
        .until(() -> versions(onServer).equals(controller.knownVersions(Set.of())));
  }

  /** Of all namespaces together. */
  private static Map<String, String> versions(ResourceVersionLister onServer) {
    Map<String, String> versions = new HashMap<>();
    onServer.read(() -> {}).versions().values().forEach(versions::putAll);
    return versions;
  }

  @Test
  @Tag("F92")
  void shouldTellOfAVisitThatDoesNotEnd() {
    states.put("T-a", "hang");
    create("a", "T-a");
    await().atMost(WRITE_PERMIT_TIMEOUT).until(() -> calls.containsKey("T-a"));
    assertInstanceOf(
        Health.Alive.class, reconciles.check(controller.knownVersions(Set.of()).keySet()));
    trackerClock.addAndGet(Duration.ofSeconds(90).toNanos());
    assertInstanceOf(
        Health.Dead.class, reconciles.check(controller.knownVersions(Set.of()).keySet()));
  }

  @Test
  @Tag("F92")
  void shouldTellWhenTheNextVisitWasPromised() {
    create("a", "T-a");
    awaitPhase("a", Phase.RUNNING);
    operator.stop();
    trackerClock.addAndGet(Duration.ofSeconds(90).toNanos());
    assertInstanceOf(Health.Dead.class, reconciles.check(Set.of(task("a").getMetadata().getUid())));
  }

  @Test
  @Tag("F71")
  void shouldWatchAFurtherNamespaceAndGoOnWithTheOthers() {
    operator.stop();
    create("before", "T-before");
    startOperator(List.of("elsewhere"));
    createIn("elsewhere", "a", "T-a");
    await().atMost(WRITE_PERMIT_TIMEOUT).until(() -> calls.containsKey("T-a"));
    controller.watch(Set.of("elsewhere", "test"));
    awaitPhase("before", Phase.RUNNING);
    create("after", "T-after");
    awaitPhase("after", Phase.RUNNING);
    int polls = calls.get("T-a").get();
    await().atMost(WRITE_PERMIT_TIMEOUT).until(() -> calls.get("T-a").get() > polls + 3);
    assertEquals(0, exits.get());
  }

  @Test
  @Tag("F71")
  void shouldLeaveOutTheObjectsOfANamespaceThatCannotBeListed() {
    create("a", "T-a");
    createIn("elsewhere", "b", "T-b");
    await()
        .atMost(WRITE_PERMIT_TIMEOUT)
        .until(() -> controller.knownVersions(Set.of()).size() == 2);
    assertEquals(
        Set.of(task("a").getMetadata().getUid()),
        controller.knownVersions(Set.of("elsewhere")).keySet());
  }

  private List<String> events() {
    return client.events().v1().events().inNamespace("test").list().getItems().stream()
        .map(event -> event.getReason())
        .toList();
  }

  private void create(String name, String taskId) {
    createIn("test", name, taskId);
  }

  private void createIn(String namespace, String name, String taskId) {
    AckTask task = new AckTask();
    task.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
    task.setSpec(AckTaskSpec.builder().taskId(taskId).build());
    client.resource(task).create();
  }

  private AckTask task(String name) {
    return client.resources(AckTask.class).inNamespace("test").withName(name).get();
  }

  private void awaitPhase(String name, Phase phase) {
    await()
        .atMost(WRITE_PERMIT_TIMEOUT)
        .untilAsserted(
            () -> {
              AckTaskStatus status = task(name).getStatus();
              assertEquals(phase, status == null ? null : status.phase());
            });
  }
}
