package dev.acktask.operator;

import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.connection.controller.ConnectionTaskCounter;
import dev.acktask.operator.controller.ControllerSettings;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.discovery.controller.DiscoveryControllers;
import dev.acktask.operator.gate.controller.ClusterLists;
import dev.acktask.operator.health.FirstWatchGuard;
import dev.acktask.operator.health.ProbeState;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.health.Watchdog;
import dev.acktask.operator.kubernetes.KubernetesClients;
import dev.acktask.operator.kubernetes.NamespaceWatch;
import dev.acktask.operator.leaderelection.LeaderElection;
import dev.acktask.operator.metrics.ConnectionMetricsCollector;
import dev.acktask.operator.metrics.DiscoveryMetricsCollector;
import dev.acktask.operator.metrics.GateMetricsCollector;
import dev.acktask.operator.metrics.MicrometerOperatorMetrics;
import dev.acktask.operator.metrics.RequestMeters;
import dev.acktask.operator.metrics.TaskMetricsCollector;
import dev.acktask.operator.polling.TaskPoller;
import dev.acktask.operator.tracing.Tracing;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: the only place where I/O is wired. */
public final class OperatorMain {
  private static final Logger log = LoggerFactory.getLogger(OperatorMain.class);

  /** Short enough that a leader notices in time that it cannot renew its lease. */
  private static final Duration LEASE_TIMEOUT = Duration.ofSeconds(2);

  private final CompletableFuture<KubernetesClient> kubernetes;
  private final StartupConfig.Ready startup;
  private final OperatorConfig config;
  private final MicrometerOperatorMetrics metrics =
      new MicrometerOperatorMetrics(BuildInfo.version());
  private final ProbeState health = new ProbeState();
  private final GracefulShutdown shutdown = GracefulShutdown.onSignal();

  private OperatorMain(StartupConfig.Ready startup, CompletableFuture<KubernetesClient> client) {
    this.kubernetes = client;
    this.startup = startup;
    this.config = startup.config();
  }

  /** Starts the operator against the current kube context; exits 1 when it cannot. */
  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrorHandler(OperatorMain::exit));
    // A changed DNS answer is used after half a minute, a failed one after five seconds.
    Security.setProperty("networkaddress.cache.ttl", "30");
    Security.setProperty("networkaddress.cache.negative.ttl", "5");
    // In a cold JVM the first answer of the API server takes longer than the rest of the start. It
    // is requested first and awaited last.
    CompletableFuture<KubernetesClient> kubernetes = KubernetesClients.connectAsync();
    Path home = Path.of(System.getProperty("user.home", "/"));
    switch (StartupConfig.of(System.getenv(), home)) {
      case StartupConfig.Refused refused -> {
        refused.problems().forEach(problem -> log.error("Configuration: {}", problem));
        System.exit(1);
      }
      case StartupConfig.Ready ready -> start(new OperatorMain(ready, kubernetes));
    }
  }

  private static void start(OperatorMain operator) {
    try {
      operator.run();
    } catch (Throwable failure) { // also an Error: the other threads would run on without this one
      try {
        log.error("The operator could not start: {}", StartupFailure.explain(failure));
        log.debug("The failure in full", failure);
      } finally {
        exit();
      }
    }
  }

  private void run() {
    WatchedNamespaces supervisor =
        new WatchedNamespaces(config, metrics.meters(), health, OperatorMain::exit);
    CompletableFuture<List<String>> namespaces = kubernetes.thenApply(supervisor::accessible);
    ManagementPorts.open(config, health, metrics);
    Optional<LeaderElection> election = election();
    BooleanSupplier isLeader = () -> election.map(LeaderElection::isLeader).orElse(true);
    PollSchedule schedule = schedule();
    OperatorParts parts = parts(schedule, isLeader);
    Controllers controllers = new Controllers(parts.kinds(), metrics, OperatorMain::exit);
    controllers.register(config, namespaces.join());
    election.ifPresent(this::awaitLeadership);
    start(controllers, parts);
    startWatchdog(
        supervisor.watchdog(List.of(parts.reconciles(), parts.poller()), controllers), isLeader);
    addMetrics(parts, schedule, isLeader);
    logReady();
    new PeriodicCollection().run(); // until a signal ends the process
  }

  /** Wires the parts; starts none but the tracing. */
  private OperatorParts parts(PollSchedule schedule, BooleanSupplier isLeader) {
    CloudClients cloud =
        new CloudClients(startup, metrics.meters(), KubernetesClients.forIdentities());
    NamespaceWatch labels =
        new NamespaceWatch(KubernetesClients.forNamespaces(), OperatorMain::exit);
    ConnectionResolver connections = resolver(cloud, labels);
    ReconcilerWiring wiring = wiring(schedule, isLeader);
    TaskPoller poller = wiring.poller(connections);
    ReconcileTracker reconciles = new ReconcileTracker(System::nanoTime);
    ControllerSettings tasks =
        new ControllerSettings(wiring.reconciler(poller, startTracing(), reconciles));
    ConnectionTaskCounter counter =
        new ConnectionTaskCounter(tasks::known, connections, System::nanoTime);
    ClusterLists lists = new ClusterLists(System::nanoTime);
    DiscoveryControllers discoveries =
        wiring.discoveryControllers(connections, poller, tasks, lists, reconciles);
    OperatorParts.Kinds kinds =
        new OperatorParts.Kinds(
            tasks,
            wiring.connectionControllers(
                connections, labels, counter, startup.identity(), reconciles),
            discoveries,
            wiring.gateControllers(tasks, discoveries, lists, reconciles));
    return new OperatorParts(cloud, poller, counter, reconciles, kinds);
  }

  private static ConnectionResolver resolver(CloudClients cloud, NamespaceWatch labels) {
    ConnectionResolver connections = new ConnectionResolver(cloud, cloud.builtIn(), labels::labels);
    labels.onChange(connections::changed);
    return connections;
  }

  private Tracing startTracing() {
    Tracing tracing =
        Tracing.fromEnvironment(
            System.getenv(),
            config.mirroring().stageTimeZone(),
            startup.authorities(),
            BuildInfo.version());
    shutdown.add(tracing::close); // runs last, so that the successor does not wait for a collector
    return tracing;
  }

  private Optional<LeaderElection> election() {
    if (!config.lifecycle().leaderElection()) {
      return Optional.empty();
    }
    KubernetesClient client = KubernetesClients.forLeaderElection(LEASE_TIMEOUT);
    return Optional.of(
        new LeaderElection(
            client,
            new LeaderElection.Candidate(
                client.getNamespace() == null ? "default" : client.getNamespace(),
                config.lifecycle().leaseName(),
                BuildInfo.instance() + "_" + UUID.randomUUID()),
            Executors.newSingleThreadExecutor(daemons("lease")),
            System::nanoTime,
            OperatorMain::exit));
  }

  private PollSchedule schedule() {
    OperatorConfig.Polling polling = config.polling();
    return new PollSchedule(
        polling.defaultInterval(), polling.minimumInterval(), polling.notFoundGrace());
  }

  private ReconcilerWiring wiring(PollSchedule schedule, BooleanSupplier isLeader) {
    return new ReconcilerWiring(
        config, kubernetes.join(), metrics, schedule, isLeader, OperatorMain::exit);
  }

  private void awaitLeadership(LeaderElection election) {
    shutdown.add(election::release);
    health.markStandby();
    try {
      election.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void start(Controllers controllers, OperatorParts parts) {
    new FirstWatchGuard(KubernetesClients::unansweredWatch, OperatorMain::exit)
        .guard(controllers::start);
    shutdown.add(controllers::stop);
    shutdown.add(parts.cloud()::close);
    var timer = Executors.newSingleThreadScheduledExecutor(daemons("connection-tasks"));
    parts.counter().start(timer);
    shutdown.add(timer::shutdownNow);
  }

  private void startWatchdog(Watchdog watchdog, BooleanSupplier isLeader) {
    var timer = Executors.newSingleThreadScheduledExecutor(daemons("watchdog"));
    watchdog.start(timer);
    shutdown.add(timer::shutdownNow);
    metrics.reportLeadership(isLeader);
    health.markActive(watchdog::health);
  }

  private void addMetrics(OperatorParts parts, PollSchedule schedule, BooleanSupplier isLeader) {
    OperatorConfig.Metrics settings = config.metrics();
    metrics.add(
        new TaskMetricsCollector(
            parts.kinds().tasks()::known,
            schedule::interval,
            parts.poller()::lastSync,
            isLeader,
            new TaskMetricsCollector.Options(settings.taskLimit(), settings.withTaskId())));
    metrics.add(
        new ConnectionMetricsCollector(
            parts.kinds().connections()::known, isLeader, RequestMeters.MAX_CONNECTIONS));
    metrics.add(
        new DiscoveryMetricsCollector(
            parts.kinds().discoveries()::tasks, isLeader, DiscoveryMetricsCollector.MAX_SERIES));
    metrics.add(
        new GateMetricsCollector(
            parts.kinds().gates()::known, isLeader, GateMetricsCollector.MAX_GATES));
  }

  private void logReady() {
    List<String> namespaces = config.mirroring().watchNamespaces();
    log.atInfo()
        .addKeyValue("endpoint", startup.builtInEndpoint().map(Endpoint::toString).orElse("none"))
        .addKeyValue("namespaces", namespaces.isEmpty() ? "all" : String.join(",", namespaces))
        .addKeyValue("labelSelector", config.mirroring().labelSelector())
        .log("acktask-operator is ready");
  }

  private static ThreadFactory daemons(String name) {
    return Thread.ofPlatform().daemon().name(name + "-", 1).factory();
  }

  /** Ends the process at once, without the shutdown hook. */
  private static void exit() {
    Runtime.getRuntime().halt(1);
  }
}
