package dev.acktask.operator.controller;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.AckTasks;
import dev.acktask.operator.api.v1alpha1.Phase;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.connection.Connections;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.health.Health;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.kubernetes.KubernetesEventRecorder;
import dev.acktask.operator.metrics.RecordingMetrics;
import dev.acktask.operator.polling.ListedPages;
import dev.acktask.operator.polling.ObservationCache;
import dev.acktask.operator.polling.PollContext;
import dev.acktask.operator.polling.PollExecution;
import dev.acktask.operator.polling.TaskPoller;
import dev.acktask.operator.task.TaskLookup;
import dev.acktask.operator.task.TaskRef;
import dev.acktask.operator.text.Redaction;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The controller in the real framework, with a scripted cloud. Objects are in {@code test}. */
final class RunningController implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** State of each task by task id, {@code running} by default; {@code hang} and {@code throw}. */
  final Map<String, String> states = new ConcurrentHashMap<>();

  /** Reason of each final verdict that was reported. */
  final List<String> finished = new CopyOnWriteArrayList<>();

  final RecordingMetrics metrics = new RecordingMetrics();
  final AtomicInteger exits = new AtomicInteger();

  private final KubernetesClient client;
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final AtomicLong trackerClock = new AtomicLong();
  private final CountDownLatch hang = new CountDownLatch(1);
  private ReconcileTracker reconciles;
  private TaskPoller poller;
  private ControllerSettings controller;
  private Operator operator;

  RunningController(KubernetesClient client) {
    this.client = client;
  }

  /** Starts the operator, as in a new process. No namespaces means all of them. */
  void start(String... namespaces) {
    startSelecting("", namespaces);
  }

  /** The same with a label selector. */
  void startSelecting(String labelSelector, String... namespaces) {
    Connection connection =
        Connections.builtIn(
            this::describe, new RequestBudget(600_000, 1_000, System::nanoTime), System::nanoTime);
    PollSchedule schedule =
        new PollSchedule(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofSeconds(1));
    reconciles = new ReconcileTracker(trackerClock::get);
    controller = new ControllerSettings(reconciler(connection, schedule));
    operator =
        controller.operator(
            client,
            List.of(namespaces),
            labelSelector,
            Executors.newFixedThreadPool(8),
            Metrics.NOOP,
            exits::incrementAndGet);
    operator.start();
  }

  void stop() {
    operator.stop();
  }

  void restart() {
    stop();
    start();
  }

  @Override
  public void close() {
    hang.countDown();
    operator.stop();
  }

  private TaskLookup describe(TaskRef ref) {
    calls.computeIfAbsent(ref.taskId(), id -> new AtomicInteger()).incrementAndGet();
    String state = states.getOrDefault(ref.taskId(), "running");
    if (state.equals("hang")) {
      await().atMost(TIMEOUT).until(() -> hang.getCount() == 0);
    }
    if (state.equals("throw")) {
      throw new StackOverflowError();
    }
    return FakeTaskClient.state(ref, state);
  }

  private GuardedReconciler reconciler(Connection connection, PollSchedule schedule) {
    AckTaskStore store = new KubernetesAckTaskStore(client);
    poller =
        new TaskPoller(
            ConnectionResolver.of(connection),
            new PollContext(
                schedule,
                new ObservationCache(10_000_000),
                new ListedPages(1_000_000, System::nanoTime),
                Clock.systemUTC(),
                () -> System.nanoTime() + trackerClock.get()),
            new PollExecution(
                Executors.newVirtualThreadPerTaskExecutor(), 8, metrics, exits::incrementAndGet));
    DurationEstimates estimates = new DurationEstimates(Clock.systemUTC());
    AckTaskReconciler unguarded =
        new AckTaskReconciler(
            new TaskEvaluator(schedule, Redaction.BUILT_IN),
            new StatusWriter(
                store,
                KubernetesEventRecorder.of(client, "test", Clock.systemUTC(), metrics),
                (task, status) -> finished.add(status.reason()),
                () -> true,
                ConcurrencyLimiter.ofStatusWrites(),
                System::nanoTime),
            new TtlCollector(store, () -> true),
            poller,
            estimates,
            Clock.systemUTC());
    return new GuardedReconciler(
        unguarded, poller, estimates, reconciles, metrics, exits::incrementAndGet);
  }

  ControllerSettings settings() {
    return controller;
  }

  Duration cacheSyncTimeout() {
    return operator.getConfigurationService().cacheSyncTimeout();
  }

  void watch(Set<String> namespaces) {
    controller.watch(namespaces);
  }

  /** Cached resource versions by uid, without those of {@code skipped} namespaces. */
  Map<String, String> knownVersions(Set<String> skipped) {
    return controller.knownVersions(skipped);
  }

  /** Health of polls and reconciles. */
  Health health() {
    return reconciles.check() instanceof Health.Dead dead ? dead : poller.check();
  }

  /** Moves the clock of the health check. */
  void pass(Duration time) {
    trackerClock.addAndGet(time.toNanos());
  }

  /** Number of polls of the task. */
  int calls(String taskId) {
    AtomicInteger count = calls.get(taskId);
    return count == null ? 0 : count.get();
  }

  void awaitMoreCallsThan(int count, String taskId) {
    await().atMost(TIMEOUT).until(() -> calls(taskId) > count);
  }

  void create(String name, String taskId) {
    createIn("test", name, taskId);
  }

  void createIn(String namespace, String name, String taskId) {
    AckTask task = AckTasks.submitted().namespace(namespace).name(name).taskId(taskId).build();
    client.resource(task).create();
  }

  /** The stored object, or null. */
  AckTask task(String name) {
    return client.resources(AckTask.class).inNamespace("test").withName(name).get();
  }

  String uid(String name) {
    return task(name).getMetadata().getUid();
  }

  void awaitPhase(String name, Phase phase) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> {
              AckTaskStatus status = task(name).getStatus();
              assertEquals(phase, status == null ? null : status.phase());
            });
  }
}
