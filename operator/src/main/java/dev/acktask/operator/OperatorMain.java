package dev.acktask.operator;

import dev.acktask.operator.alibaba.AddressRange;
import dev.acktask.operator.alibaba.AlibabaTaskClient;
import dev.acktask.operator.alibaba.CloudTransport;
import dev.acktask.operator.alibaba.CredentialSelection;
import dev.acktask.operator.alibaba.CredentialSource;
import dev.acktask.operator.alibaba.Endpoint;
import dev.acktask.operator.alibaba.EndpointTemplate;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.RequestBudget;
import dev.acktask.operator.controller.AckTaskController;
import dev.acktask.operator.decision.PollSchedule;
import dev.acktask.operator.decision.Redaction;
import dev.acktask.operator.leadership.Leadership;
import dev.acktask.operator.liveness.KubernetesVersions;
import dev.acktask.operator.liveness.Visits;
import dev.acktask.operator.liveness.Watchdog;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.nio.file.Path;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root: the only place that builds I/O. */
public final class OperatorMain {
  private static final Logger log = LoggerFactory.getLogger(OperatorMain.class);

  /** Kubernetes Events that may wait to be written before more are dropped. */
  private static final int WAITING_EVENTS = 1_000;

  private static final Duration KUBERNETES_TIMEOUT = Duration.ofSeconds(10);
  private static final int KUBERNETES_RETRIES = 3;

  /** A leader that cannot renew its lease finds out in time. */
  private static final Duration LEASE_TIMEOUT = Duration.ofSeconds(2);

  private final OperatorConfig config;
  private final Endpoint endpoint;
  private final CredentialSource credentials;

  private OperatorMain(OperatorConfig config, Endpoint endpoint, CredentialSource credentials) {
    this.config = config;
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  /** Starts the operator against the current kube context; exits 1 when it cannot. */
  public static void main(String[] args) {
    // A changed DNS answer is seen after half a minute, a failed one after five seconds.
    Security.setProperty("networkaddress.cache.ttl", "30");
    Security.setProperty("networkaddress.cache.negative.ttl", "5");
    List<String> problems = new ArrayList<>();
    Optional<OperatorMain> operator =
        prepare(System.getenv(), Path.of(System.getProperty("user.home", "/")), problems);
    if (operator.isEmpty()) {
      problems.forEach(problem -> log.error("Configuration: {}", problem));
      System.exit(1);
    }
    try {
      operator.get().run();
    } catch (RuntimeException failure) {
      log.error("The operator could not start: {}", StartFailure.explain(failure));
      log.debug("The failure in full", failure);
      Runtime.getRuntime().halt(1);
    }
  }

  /** Checks everything that can be wrong before anything is started, and reports all of it. */
  private static Optional<OperatorMain> prepare(
      Map<String, String> environment, Path home, List<String> problems) {
    @Nullable CredentialSource credentials =
        switch (CredentialSource.fromEnvironment(environment, home)) {
          case CredentialSelection.Selected selected -> {
            log.info("Credentials: source={}", selected.description());
            yield selected.source();
          }
          case CredentialSelection.NotConfigured none -> {
            problems.add(none.message());
            yield null;
          }
          case CredentialSelection.Misconfigured wrong -> {
            problems.addAll(wrong.problems());
            yield null;
          }
        };
    @Nullable OperatorConfig config =
        switch (OperatorConfig.parse(environment)) {
          case OperatorConfig.Valid valid -> valid.config();
          case OperatorConfig.Invalid invalid -> {
            problems.addAll(invalid.problems());
            yield null;
          }
        };
    @Nullable Endpoint endpoint = config == null ? null : endpoint(config, problems);
    return config == null || endpoint == null || credentials == null
        ? Optional.empty()
        : Optional.of(new OperatorMain(config, endpoint, credentials));
  }

  private static @Nullable Endpoint endpoint(OperatorConfig config, List<String> problems) {
    AddressRange addresses = config.publicNetwork() ? AddressRange.PUBLIC : AddressRange.PRIVATE;
    try {
      return EndpointTemplate.parse(config.endpoint(), addresses, config.allowPlaintextEndpoint())
          .endpoint(config.region())
          .orElseThrow(() -> new IllegalArgumentException("no request can be made for the region"));
    } catch (IllegalArgumentException refused) {
      problems.add("ACKTASK_ENDPOINT_… of the chosen network: " + refused.getMessage() + ".");
      return null;
    }
  }

  private void run() {
    Runnable halt = () -> Runtime.getRuntime().halt(1);
    KubernetesClient kubernetes = kubernetes(KUBERNETES_TIMEOUT, KUBERNETES_RETRIES);
    AccessCheck.run(kubernetes, config.watchNamespaces());
    Teardown teardown = Teardown.onSignal();
    Optional<Leadership> leadership =
        config.leaderElection() ? Optional.of(lead(teardown, halt)) : Optional.empty();
    CloudTransport transport = new CloudTransport(config.callTimeout(), config.maxResponseBytes());
    Connection connection =
        new Connection(
            new AlibabaTaskClient(transport, endpoint, credentials, Clock.systemUTC()),
            new RequestBudget(config.requestsPerMinute(), config.requestBurst(), System::nanoTime));
    Visits visits = new Visits(config.maxConcurrentCalls(), config.callTimeout(), System::nanoTime);
    AckTaskController controller =
        new AckTaskController(
            kubernetes,
            connection,
            new PollSchedule(
                config.defaultPollInterval(), config.minPollInterval(), config.notFoundGrace()),
            new Redaction(config.redactKeys()),
            eventExecutor(),
            instance(),
            Clock.systemUTC(),
            System::nanoTime,
            () -> leadership.map(Leadership::isHeld).orElse(true),
            teardown::hasBegun,
            visits,
            halt);
    ExecutorService workers =
        Executors.newFixedThreadPool(config.maxConcurrentCalls(), daemons("reconcile"));
    Operator operator = controller.operator(kubernetes, config.watchNamespaces(), workers, halt);
    operator.start();
    teardown.add(operator::stop);
    teardown.add(transport::close);
    var timer = Executors.newSingleThreadScheduledExecutor(daemons("watchdog"));
    watchdog(visits, controller, halt).start(timer);
    teardown.add(timer::shutdownNow);
    log.info(
        "acktask-operator is ready: endpoint={} namespaces={}",
        endpoint,
        config.watchNamespaces().isEmpty() ? "all" : config.watchNamespaces());
    park();
  }

  private Watchdog watchdog(Visits visits, AckTaskController controller, Runnable halt) {
    KubernetesVersions server =
        new KubernetesVersions(
            kubernetes(KUBERNETES_TIMEOUT, 0),
            AckTask.class,
            config.watchNamespaces(),
            KUBERNETES_TIMEOUT);
    return new Watchdog(
        config.livenessInterval(),
        visits,
        server,
        controller::knownVersions,
        System::nanoTime,
        halt);
  }

  private static KubernetesClient kubernetes(Duration timeout, int retries) {
    Config settings =
        new ConfigBuilder(Config.autoConfigure(null))
            .withRequestTimeout((int) timeout.toMillis())
            .withConnectionTimeout((int) timeout.toMillis())
            .withRequestRetryBackoffLimit(retries)
            // With HTTP/2 all requests would share one connection, and its silent death.
            .withHttp2Disable(true)
            .withUserAgent(AckTaskController.FIELD_MANAGER)
            .build();
    return new KubernetesClientBuilder().withConfig(settings).build();
  }

  private static ExecutorService eventExecutor() {
    return new ThreadPoolExecutor(
        1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_EVENTS), daemons("events"));
  }

  private static ThreadFactory daemons(String name) {
    return Thread.ofPlatform().daemon().name(name + "-", 1).factory();
  }

  /** Stands by until this replica leads. */
  private static Leadership lead(Teardown teardown, Runnable halt) {
    KubernetesClient client = kubernetes(LEASE_TIMEOUT, 0);
    Leadership leadership =
        new Leadership(
            client,
            client.getNamespace() == null ? "default" : client.getNamespace(),
            instance() + "_" + UUID.randomUUID(),
            Executors.newSingleThreadExecutor(daemons("lease")),
            System::nanoTime,
            halt);
    teardown.add(leadership::release);
    try {
      leadership.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return leadership;
  }

  private static String instance() {
    String host = System.getenv("HOSTNAME");
    String name = host == null || host.isBlank() ? "acktask-operator" : host;
    return name.length() > 128 ? name.substring(0, 128) : name;
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
