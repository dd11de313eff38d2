package dev.acktask.operator;

import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.connection.ConnectionEvaluator;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.connection.controller.ConnectionControllers;
import dev.acktask.operator.connection.controller.ConnectionReporting;
import dev.acktask.operator.connection.controller.ConnectionTaskCounter;
import dev.acktask.operator.controller.AckTaskReconciler;
import dev.acktask.operator.controller.AckTaskStore;
import dev.acktask.operator.controller.ConcurrencyLimiter;
import dev.acktask.operator.controller.ControllerSettings;
import dev.acktask.operator.controller.DurationEstimates;
import dev.acktask.operator.controller.GuardedReconciler;
import dev.acktask.operator.controller.KubernetesAckTaskStore;
import dev.acktask.operator.controller.StatusWriter;
import dev.acktask.operator.controller.TtlCollector;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.TaskEvaluator;
import dev.acktask.operator.discovery.controller.DiscoveryAccess;
import dev.acktask.operator.discovery.controller.DiscoveryControllers;
import dev.acktask.operator.discovery.controller.DiscoveryReporting;
import dev.acktask.operator.framework.ReconcileGuard;
import dev.acktask.operator.gate.controller.ClusterLists;
import dev.acktask.operator.gate.controller.GateControllers;
import dev.acktask.operator.gate.controller.GateReporting;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.kubernetes.EventRecorder;
import dev.acktask.operator.kubernetes.KubernetesEventRecorder;
import dev.acktask.operator.kubernetes.NamespaceWatch;
import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.polling.ListedPages;
import dev.acktask.operator.polling.ObservationCache;
import dev.acktask.operator.polling.PollContext;
import dev.acktask.operator.polling.PollExecution;
import dev.acktask.operator.polling.TaskPoller;
import dev.acktask.operator.text.Redaction;
import dev.acktask.operator.tracing.Tracing;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** The part of the composition root that wires poller and reconcilers. */
final class ReconcilerWiring {
  /** Part of the heap for observations that are not in a status yet. */
  private static final int OBSERVATIONS = 8;

  /** Part of the heap for pages of lists. 256 MiB have room for some 25,000 listed tasks. */
  private static final int PAGES = 32;

  private final OperatorConfig config;
  private final KubernetesClient client;
  private final OperatorMetrics metrics;
  private final PollSchedule schedule;
  private final BooleanSupplier isLeader;
  private final Runnable exit;

  /** Shared by all kinds, so that they share its rate limit. */
  private final EventRecorder events;

  /**
   * @param isLeader false once another replica may be the leader
   * @param exit ends the process at once
   */
  ReconcilerWiring(
      OperatorConfig config,
      KubernetesClient client,
      OperatorMetrics metrics,
      PollSchedule schedule,
      BooleanSupplier isLeader,
      Runnable exit) {
    this.config = config;
    this.client = client;
    this.metrics = metrics;
    this.schedule = schedule;
    this.isLeader = isLeader;
    this.exit = exit;
    this.events =
        KubernetesEventRecorder.of(client, BuildInfo.instance(), Clock.systemUTC(), metrics);
  }

  TaskPoller poller(ConnectionResolver connections) {
    return new TaskPoller(
        connections,
        new PollContext(
            schedule,
            new ObservationCache(Runtime.getRuntime().maxMemory() / OBSERVATIONS),
            new ListedPages(Runtime.getRuntime().maxMemory() / PAGES, System::nanoTime),
            Clock.systemUTC(),
            System::nanoTime),
        new PollExecution(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("poll-", 1).factory()),
            config.calls().maxConcurrent(),
            metrics,
            exit));
  }

  GuardedReconciler reconciler(TaskPoller poller, Tracing tracing, ReconcileTracker reconciles) {
    AckTaskStore store = new KubernetesAckTaskStore(client);
    DurationEstimates estimates = new DurationEstimates(Clock.systemUTC());
    AckTaskReconciler reconciler =
        new AckTaskReconciler(
            new TaskEvaluator(schedule, new Redaction(config.mirroring().redactKeys())),
            statusWriter(store, tracing),
            new TtlCollector(store, isLeader),
            poller,
            estimates,
            Clock.systemUTC());
    return new GuardedReconciler(reconciler, poller, estimates, reconciles, metrics, exit);
  }

  /**
   * The controllers of the connections.
   *
   * @param operatorIdentity see {@link ConnectionEvaluator}
   */
  ConnectionControllers connectionControllers(
      ConnectionResolver connections,
      NamespaceWatch namespaceLabels,
      ConnectionTaskCounter tasks,
      Optional<String> operatorIdentity,
      ReconcileTracker reconciles) {
    return new ConnectionControllers(
        client,
        connections,
        namespaceLabels,
        new ConnectionReporting(
            new ConnectionEvaluator(operatorIdentity),
            tasks,
            events,
            isLeader,
            new ReconcileGuard(reconciles, metrics, exit),
            Clock.systemUTC()));
  }

  /**
   * The controller of the discoveries.
   *
   * @param tasks the AckTasks, in all watched namespaces
   * @param lists receives the results of all sweeps
   */
  DiscoveryControllers discoveryControllers(
      ConnectionResolver connections,
      TaskPoller poller,
      ControllerSettings tasks,
      ClusterLists lists,
      ReconcileTracker reconciles) {
    return new DiscoveryControllers(
        client,
        DiscoveryAccess.of(client),
        poller.sweeps(),
        new CachedAckTasks(tasks),
        new DiscoveryReporting(
            connections,
            events,
            isLeader,
            new ReconcileGuard(reconciles, metrics, exit),
            Clock.systemUTC(),
            System::nanoTime),
        lists);
  }

  /**
   * The controller of the gates.
   *
   * @param tasks the AckTasks, in all watched namespaces
   * @param lists what the sweeps of {@code discoveries} found
   */
  GateControllers gateControllers(
      ControllerSettings tasks,
      DiscoveryControllers discoveries,
      ClusterLists lists,
      ReconcileTracker reconciles) {
    GateControllers gates =
        new GateControllers(
            client,
            new CachedAckTasks(tasks),
            new CachedDiscoveries(discoveries),
            lists,
            new GateReporting(
                events,
                isLeader,
                new ReconcileGuard(reconciles, metrics, exit),
                Clock.systemUTC()));
    tasks.onChange(gates::taskChanged);
    return gates;
  }

  private StatusWriter statusWriter(AckTaskStore store, Tracing tracing) {
    return new StatusWriter(
        store,
        events,
        tracing::finished,
        isLeader,
        ConcurrencyLimiter.ofStatusWrites(),
        System::nanoTime);
  }
}
