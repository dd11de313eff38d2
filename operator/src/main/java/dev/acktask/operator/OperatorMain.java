package dev.acktask.operator;

import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.controller.AckTaskController;
import dev.acktask.operator.controller.Observer;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.leadership.Leadership;
import dev.acktask.operator.liveness.FirstWatchGuard;
import dev.acktask.operator.liveness.Visits;
import dev.acktask.operator.liveness.Watchdog;
import dev.acktask.operator.management.Management;
import dev.acktask.operator.management.MeasuredTaskClient;
import dev.acktask.operator.management.TaskSeries;
import dev.acktask.operator.text.Redaction;
import dev.acktask.operator.tracing.Tracing;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
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

/** The composition root: the only place that builds I/O. */
public final class OperatorMain {
  private static final Logger log = LoggerFactory.getLogger(OperatorMain.class);

  /** Name of the one connection there is, in metrics. */
  private static final String CONNECTION = "default";

  /** A leader that cannot renew its lease finds out in time. */
  private static final Duration LEASE_TIMEOUT = Duration.ofSeconds(2);

  private final CompletableFuture<KubernetesClient> kubernetes;
  private final Preparation.Ready ready;
  private final OperatorConfig config;
  private final Management management = new Management(ThisProcess.version());

  private OperatorMain(Preparation.Ready ready, CompletableFuture<KubernetesClient> kubernetes) {
    this.kubernetes = kubernetes;
    this.ready = ready;
    this.config = ready.config();
  }

  /** Starts the operator against the current kube context; exits 1 when it cannot. */
  public static void main(String[] args) {
    Thread.setDefaultUncaughtExceptionHandler(
        new UncaughtErrorHandler(() -> Runtime.getRuntime().halt(1)));
    // A changed DNS answer is seen after half a minute, a failed one after five seconds.
    Security.setProperty("networkaddress.cache.ttl", "30");
    Security.setProperty("networkaddress.cache.negative.ttl", "5");
    // A JVM that is still cold needs longer for the first answer of the API server than for all the
    // rest of the start: it is begun first and waited for last.
    CompletableFuture<KubernetesClient> kubernetes = KubernetesAccess.begin();
    Path home = Path.of(System.getProperty("user.home", "/"));
    switch (Preparation.of(System.getenv(), home)) {
      case Preparation.Refused refused -> {
        refused.problems().forEach(problem -> log.error("Configuration: {}", problem));
        System.exit(1);
      }
      case Preparation.Ready ready -> start(new OperatorMain(ready, kubernetes));
    }
  }

  private static void start(OperatorMain operator) {
    try {
      operator.run();
    } catch (
        Throwable failure) { // an Error as well: the other threads would go on without this one
      try {
        log.error("The operator could not start: {}", StartFailure.explain(failure));
        log.debug("The failure in full", failure);
      } finally {
        Runtime.getRuntime().halt(1);
      }
    }
  }

  private void run() {
    Runnable halt = () -> Runtime.getRuntime().halt(1);
    Supervision supervision = new Supervision(config, management, halt);
    CompletableFuture<List<String>> contact = kubernetes.thenApply(supervision::accessible);
    ManagementPorts.open(config, management);
    Teardown teardown = Teardown.onSignal();
    Tracing tracing =
        Tracing.fromEnvironment(
            System.getenv(),
            config.region(),
            config.stageTimeZone(),
            ready.authorities(),
            ThisProcess.version());
    teardown.add(tracing::close); // first, so that no successor waits for a collector
    Optional<Leadership> leadership =
        config.leaderElection() ? Optional.of(leadership(halt)) : Optional.empty();
    BooleanSupplier leads = () -> leadership.map(Leadership::isHeld).orElse(true);
    CloudAccess access = CloudAccess.of(ready);
    MeasuredTaskClient cloud =
        new MeasuredTaskClient(
            access.client(), management.meters(), CONNECTION, config.region(), Clock.systemUTC());
    Connection connection =
        new Connection(
            cloud,
            new RequestBudget(config.requestsPerMinute(), config.requestBurst(), System::nanoTime),
            management::reserved);
    Visits visits =
        new Visits(
            config.maxConcurrentCalls(), config.callTimeout(), System::nanoTime, management::began);
    PollSchedule schedule =
        new PollSchedule(
            config.defaultPollInterval(), config.minPollInterval(), config.notFoundGrace());
    AckTaskController controller =
        new AckTaskController(
            kubernetes.join(),
            connection,
            schedule,
            new Redaction(config.redactKeys()),
            AckTaskController.eventExecutor(),
            ThisProcess.instance(),
            Clock.systemUTC(),
            System::nanoTime,
            leads,
            teardown::hasBegun,
            visits,
            new Observer(management::told, management::failed, tracing::finished),
            halt);
    Operator operator =
        controller.operator(
            KubernetesAccess.watching(),
            contact.join(),
            Executors.newFixedThreadPool(
                config.maxConcurrentCalls(), Thread.ofVirtual().name("reconcile-", 1).factory()),
            MicrometerMetricsV2.newBuilder(management.meters()).build(),
            halt);
    leadership.ifPresent(it -> standBy(it, teardown));
    new FirstWatchGuard(KubernetesAccess::unansweredWatch, halt).guard(operator::start);
    teardown.add(operator::stop);
    teardown.add(access::close);
    Watchdog watchdog = supervision.watchdog(visits, controller);
    var timer = Executors.newSingleThreadScheduledExecutor(daemons("watchdog"));
    watchdog.start(timer);
    teardown.add(timer::shutdownNow);
    management.add(
        new TaskSeries(
            controller::known,
            schedule::interval,
            cloud,
            leads,
            config.region(),
            config.metricsTaskLimit(),
            config.metricsTaskId()));
    management.works(leads, watchdog::liveness);
    log.atInfo()
        .addKeyValue("endpoint", ready.endpoint())
        .addKeyValue(
            "namespaces",
            config.watchNamespaces().isEmpty() ? "all" : String.join(",", config.watchNamespaces()))
        .log("acktask-operator is ready");
    park();
  }

  private static ThreadFactory daemons(String name) {
    return Thread.ofPlatform().daemon().name(name + "-", 1).factory();
  }

  private Leadership leadership(Runnable halt) {
    KubernetesClient client = KubernetesAccess.leasing(LEASE_TIMEOUT);
    return new Leadership(
        client,
        client.getNamespace() == null ? "default" : client.getNamespace(),
        config.leaseName(),
        ThisProcess.instance() + "_" + UUID.randomUUID(),
        Executors.newSingleThreadExecutor(daemons("lease")),
        System::nanoTime,
        halt);
  }

  /** Until this replica leads. */
  private void standBy(Leadership leadership, Teardown teardown) {
    teardown.add(leadership::release);
    management.standsBy();
    try {
      leadership.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Keeps the process alive until a signal ends it. */
  private static void park() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
