package dev.acktask.operator;

import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.connection.controller.ConnectionControllers;
import dev.acktask.operator.controller.ControllerSettings;
import dev.acktask.operator.controller.GuardedReconciler;
import dev.acktask.operator.discovery.controller.DiscoveryControllers;
import dev.acktask.operator.framework.FrameworkSettings;
import dev.acktask.operator.gate.controller.GateControllers;
import dev.acktask.operator.health.HealthCheck;
import dev.acktask.operator.kubernetes.KubernetesClients;
import dev.acktask.operator.metrics.MicrometerOperatorMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of the composition root that runs the controllers: the connections first, because an
 * AckTask is resolved as soon as its own informer has it, then the AckTasks and the gates that read
 * them, and the discoveries last, because they create no AckTask that exists.
 */
final class Controllers {
  /** Connections change seldom. */
  private static final int CONNECTION_WORKERS = 2;

  /** Each creates AckTasks one after the other. */
  private static final int DISCOVERY_WORKERS = 4;

  /** Their reconciles read caches. */
  private static final int GATE_WORKERS = 2;

  private final ConnectionControllers connections;
  private final ControllerSettings tasks;
  private final DiscoveryControllers discoveries;
  private final GateControllers gates;
  private final MicrometerOperatorMetrics metrics;
  private final Runnable exit;
  private @Nullable Operator taskOperator;

  /**
   * @param exit ends the process at once
   */
  Controllers(OperatorParts.Kinds kinds, MicrometerOperatorMetrics metrics, Runnable exit) {
    this.connections = kinds.connections();
    this.tasks = kinds.tasks();
    this.discoveries = kinds.discoveries();
    this.gates = kinds.gates();
    this.metrics = metrics;
    this.exit = exit;
  }

  /**
   * Registers all controllers; starts none.
   *
   * @param namespaces to watch; empty means all
   */
  void register(OperatorConfig config, List<String> namespaces) {
    KubernetesClient client = KubernetesClients.forInformers();
    Metrics framework =
        metrics.frameworkMetrics(
            Stream.concat(
                    Stream.of(
                        GuardedReconciler.NAME, DiscoveryControllers.NAME, GateControllers.NAME),
                    ConnectionControllers.NAMES.stream())
                .toList());
    connections.register(
        FrameworkSettings.operator(
            client, workers("connection-", CONNECTION_WORKERS), framework, exit),
        namespaces);
    discoveries.register(
        FrameworkSettings.operator(
            client, workers("discovery-", DISCOVERY_WORKERS), framework, exit),
        namespaces);
    gates.register(
        FrameworkSettings.operator(client, workers("gate-", GATE_WORKERS), framework, exit),
        namespaces,
        config.mirroring().labelSelector());
    taskOperator =
        tasks.operator(
            client,
            namespaces,
            config.mirroring().labelSelector(),
            workers("reconcile-", config.calls().maxConcurrent()),
            framework,
            exit);
  }

  /** Returns once all objects are listed. */
  void start() {
    connections.start();
    if (taskOperator != null) {
      taskOperator.start();
    }
    gates.start();
    discoveries.start();
    gates.discoveriesStarted();
  }

  void stop() {
    discoveries.stop();
    gates.stop();
    if (taskOperator != null) {
      taskOperator.stop();
    }
    connections.stop();
  }

  /** The checks of the caches of all kinds but AckTasks. */
  List<HealthCheck> cacheChecks(KubernetesClient client, Duration interval) {
    return Stream.of(
            connections.cacheChecks(client, interval),
            discoveries.cacheChecks(client, interval),
            gates.cacheChecks(client, interval))
        .flatMap(List::stream)
        .toList();
  }

  /** See {@link ControllerSettings#knownVersions}. */
  Map<String, String> knownVersions(Set<String> exceptNamespaces) {
    return tasks.knownVersions(exceptNamespaces);
  }

  /** Changes the watched namespaces; in the order of the start. */
  void watch(Set<String> namespaces) {
    connections.watch(namespaces);
    tasks.watch(namespaces);
    gates.watch(namespaces);
    discoveries.watch(namespaces);
  }

  private static ExecutorService workers(String name, int count) {
    return Executors.newFixedThreadPool(count, Thread.ofVirtual().name(name, 1).factory());
  }
}
