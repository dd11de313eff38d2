package dev.acktask.e2e.operator;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.chart.Chart;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.history.HistoryChecker;
import dev.acktask.e2e.history.HistoryRecorder;
import dev.acktask.e2e.history.Violation;
import dev.acktask.simulator.Simulator;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fixture of one test: a namespace, a simulated cloud, and the operator with the ServiceAccount
 * of the chart. The operator watches only this namespace, so tests do not interfere.
 */
public final class OperatorFixture implements AutoCloseable {
  public static final String OPERATOR_NAMESPACE = "acktask-system";
  public static final String OPERATOR_ACCOUNT = "acktask-operator";

  /** Default poll interval of all tasks. */
  public static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private static final String ACCESS_KEY_ID = "LTAI-e2e";
  private static final String ACCESS_KEY_SECRET = "canary-access-key-secret";

  private final ControlPlane controlPlane;
  private final AckTasks tasks;
  private final HistoryRecorder recorder;
  private final Simulator cloud;
  private final Path folder;
  private final Map<String, String> environment;
  private final List<OperatorProcess> replicas = new ArrayList<>();

  private OperatorFixture(ControlPlane controlPlane, String prefix, Map<String, String> overrides)
      throws IOException {
    this.controlPlane = controlPlane;
    this.tasks = new AckTasks(controlPlane.admin(), controlPlane.createNamespace(prefix));
    this.folder = Settings.output().resolve("operator").resolve(tasks.namespace());
    this.recorder =
        new HistoryRecorder(
            controlPlane,
            tasks.namespace(),
            "system:serviceaccount:" + OPERATOR_NAMESPACE + ":" + OPERATOR_ACCOUNT,
            Bounds.undisturbed(POLL_INTERVAL));
    recorder.plant(ACCESS_KEY_SECRET);
    this.cloud =
        Simulator.builder().credential(ACCESS_KEY_ID, ACCESS_KEY_SECRET).observer(recorder).start();
    this.environment = new HashMap<>();
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", ACCESS_KEY_ID);
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", ACCESS_KEY_SECRET);
    environment.put("ACKTASK_DEFAULT_REGION", "cn-hangzhou");
    environment.put("ACKTASK_ENDPOINT_PUBLIC", cloud.endpoint().toString());
    environment.put("ACKTASK_ALLOW_PLAINTEXT_ENDPOINT", "true");
    String interval = POLL_INTERVAL.toSeconds() + "s";
    environment.put("ACKTASK_DEFAULT_POLL_INTERVAL", interval);
    environment.put("ACKTASK_MIN_POLL_INTERVAL", interval);
    environment.put("ACKTASK_REQUESTS_PER_MINUTE", "60000");
    environment.put("ACKTASK_REQUEST_BURST", "1000");
    environment.put("ACKTASK_WATCH_NAMESPACES", tasks.namespace());
    environment.put("ACKTASK_MANAGEMENT_PORT", "0");
    environment.put("ACKTASK_HEALTH_PORT", "0");
    environment.put("ACKTASK_LOG_LEVEL", "trace");
    environment.putAll(overrides);
  }

  /** The Lease that the replicas of all fixtures compete for. */
  public static Resource<Lease> lease(ControlPlane controlPlane) {
    return lease(controlPlane, "acktask-operator");
  }

  /** The Lease {@code name} in the namespace of the operator. */
  public static Resource<Lease> lease(ControlPlane controlPlane, String name) {
    return controlPlane.admin().leases().inNamespace(OPERATOR_NAMESPACE).withName(name);
  }

  /** A namespace and a cloud; no operator yet. */
  public static OperatorFixture prepare(ControlPlane controlPlane, String prefix) {
    return prepare(controlPlane, prefix, Map.of());
  }

  /**
   * The same with other settings of the operator, which otherwise polls each task every second.
   *
   * @param overrides environment variables of the operator
   */
  public static OperatorFixture prepare(
      ControlPlane controlPlane, String prefix, Map<String, String> overrides) {
    try {
      return new OperatorFixture(controlPlane, prefix, overrides);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With one replica that is ready. */
  public static OperatorFixture start(ControlPlane controlPlane, String prefix) {
    OperatorFixture fixture = prepare(controlPlane, prefix);
    try {
      fixture.replica("operator").start();
      return fixture;
    } catch (RuntimeException e) {
      fixture.close();
      throw e;
    }
  }

  /** One more replica under a fresh token, not started. */
  public OperatorProcess replica(String name) {
    return replica(
        name, controlPlane.kubeconfigFor(OPERATOR_NAMESPACE, OPERATOR_ACCOUNT), Map.of());
  }

  /** One more replica, not started, with another kubeconfig or other settings. */
  public OperatorProcess replica(String name, Path kubeconfig, Map<String, String> overrides) {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(overrides);
    OperatorProcess replica =
        OperatorProcess.of(name, kubeconfig, all, folder, controlPlane.reaper());
    replicas.add(replica);
    return replica;
  }

  /** One more replica with another command, not started. */
  public OperatorProcess replica(String name, List<String> command) {
    OperatorProcess replica =
        OperatorProcess.of(
            name,
            command,
            controlPlane.kubeconfigFor(OPERATOR_NAMESPACE, OPERATOR_ACCOUNT),
            environment,
            folder,
            controlPlane.reaper());
    replicas.add(replica);
    return replica;
  }

  /** Later replicas also watch these namespaces, which are not recorded. */
  public void alsoWatch(String... namespaces) {
    environment.merge(
        "ACKTASK_WATCH_NAMESPACES", String.join(",", namespaces), (own, more) -> own + "," + more);
  }

  /**
   * Grants what the chart grants in this namespace.
   *
   * @param values of the chart, in YAML's flow style
   */
  public void grant(String values) {
    String all = Chart.leastWith("watchNamespaces: [%s], %s".formatted(tasks.namespace(), values));
    Chart.ours().render(all).objects().stream()
        .filter(object -> tasks.namespace().equals(object.getMetadata().getNamespace()))
        .forEach(object -> controlPlane.admin().resource(object).serverSideApply());
  }

  /** The first replica. */
  public OperatorProcess operator() {
    return replicas.get(0);
  }

  public Simulator cloud() {
    return cloud;
  }

  public AckTasks tasks() {
    return tasks;
  }

  /** The recorder of this namespace; a test reports its own actions to it. */
  public HistoryRecorder recorder() {
    return recorder;
  }

  public ControlPlane controlPlane() {
    return controlPlane;
  }

  /** kubectl in the namespace of this fixture, as administrator. */
  public CommandResult kubectl(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--namespace", tasks.namespace()));
    all.addAll(List.of(arguments));
    return controlPlane.kubectl(all.toArray(String[]::new));
  }

  private List<Violation> violations() {
    for (OperatorProcess replica : replicas) {
      if (Files.exists(replica.log())) {
        recorder.text(replica.log().getFileName().toString(), read(replica.log()));
      }
      replica.fetch("/metrics").ifPresent(page -> recorder.text("metrics", page));
    }
    recorder.text("connections", connections());
    recorder.text("events", kubectl("get", "events.events.k8s.io", "-o", "json").orThrow());
    return HistoryChecker.check(recorder.history());
  }

  /**
   * Checks the recorded history, then stops the operator and the cloud.
   *
   * @throws AssertionError when an invariant is violated
   */
  @Override
  public void close() {
    try {
      controlPlane.heal();
      List<Violation> violations = violations();
      if (!violations.isEmpty()) {
        throw new AssertionError(
            violations.stream().map(Violation::toString).collect(Collectors.joining("\n")));
      }
    } finally {
      replicas.forEach(OperatorProcess::close);
      cloud.close();
      recorder.close();
    }
  }

  /** With their statuses. */
  private String connections() {
    return Stream.of("ackconnections", "clusterackconnections")
        .map(resource -> controlPlane.admin().raw("/apis/acktask.dev/v1alpha1/" + resource))
        .collect(Collectors.joining());
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
