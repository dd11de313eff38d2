package dev.acktask.bench.harness;

import dev.acktask.bench.cloud.Cloud;
import dev.acktask.bench.cluster.AuditTail;
import dev.acktask.bench.cluster.ObjectClient;
import dev.acktask.bench.cluster.StatusWatch;
import dev.acktask.bench.cluster.TaskObjects;
import dev.acktask.bench.measure.CallCount;
import dev.acktask.bench.measure.Polls;
import dev.acktask.bench.measure.ProcessUse;
import dev.acktask.bench.measure.Timeline;
import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.OperatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the operator between a real API server and the simulator, and measures it. */
public final class Harness implements AutoCloseable {
  private static final String OPERATOR_ACCOUNT = "acktask-operator";

  private final Load load;
  private final Progress progress;
  private final ControlPlane controlPlane;
  private final Timeline timeline;
  private final Polls polls;
  private final CallCount lists = new CallCount();
  private final String namespace;
  private final Cloud cloud;
  private final TaskObjects objects;
  private final AuditTail audit;
  private final StatusWatch watch;
  private final OperatorProcess operator;

  private Harness(Load load, ControlPlane controlPlane, Progress progress) throws IOException {
    this.load = load;
    this.progress = progress;
    this.controlPlane = controlPlane;
    this.timeline = new Timeline(load.all(), System::nanoTime);
    this.polls = new Polls(load.all() + 1, System::nanoTime);
    this.cloud = Cloud.start(load.all() + 1, load.answers(), timeline, polls, lists);
    this.namespace = "bench-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    controlPlane.kubectl("create", "namespace", namespace).orThrow();
    this.objects =
        objects(new AckTasks(ObjectClient.of(controlPlane.adminKubeconfig()), namespace));
    this.audit =
        new AuditTail(
            controlPlane.auditLog(),
            "system:serviceaccount:" + ControlPlane.OURS + ":" + OPERATOR_ACCOUNT);
    this.watch =
        StatusWatch.start(ControlPlane.client(controlPlane.adminKubeconfig()), namespace, timeline);
    this.operator = newOperator();
  }

  /** Starts everything except the operator; there are no AckTasks yet. */
  public static Harness prepare(Load load, ControlPlane controlPlane, Progress progress) {
    try {
      return new Harness(load, controlPlane, progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Load load() {
    return load;
  }

  public Progress progress() {
    return progress;
  }

  public Timeline timeline() {
    return timeline;
  }

  public Polls polls() {
    return polls;
  }

  /** The calls for lists. */
  public CallCount lists() {
    return lists;
  }

  /** Restarts the counts of calls. */
  public void startWindow() {
    polls.startWindow();
    lists.startWindow();
  }

  public Cloud cloud() {
    return cloud;
  }

  public TaskObjects objects() {
    return objects;
  }

  /**
   * Creates an object in another namespace.
   *
   * @return its task, which no other object has
   */
  public int createNeighbour() {
    String another = neighbour();
    controlPlane.kubectl("create", "namespace", another).orThrow();
    int task = load.all();
    objects(new AckTasks(controlPlane.admin(), another)).create(task, task + 1, load.interval());
    return task;
  }

  private TaskObjects objects(AckTasks inNamespace) {
    return new TaskObjects(inNamespace, load.answers().clusters()::idOf);
  }

  private String neighbour() {
    return namespace + "-neighbour";
  }

  /** Deletes all objects, for another run with the same API server. */
  public void deleteObjects() {
    for (String each : List.of(namespace, neighbour())) {
      controlPlane
          .kubectl("delete", "--raw", "/apis/acktask.dev/v1alpha1/namespaces/" + each + "/acktasks")
          .orThrow();
    }
  }

  /** The requests of the operator. */
  public AuditTail audit() {
    return audit;
  }

  /**
   * Starts the operator.
   *
   * @return time from the start of its process until it is ready
   */
  public Duration startOperator() {
    long began = System.nanoTime();
    operator.start();
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /** Stops the operator with SIGTERM, like the kubelet. */
  public void stopOperator() {
    operator.terminate();
  }

  public long operatorPid() {
    return operator.pid();
  }

  /** Usage of the API server so far; works without a running operator. */
  public ProcessUse apiServerUse() {
    return ProcessUse.of(controlPlane.apiServer().pid());
  }

  /** Usage of all processes so far. */
  public Usage usage() {
    return new Usage(
        System.nanoTime(),
        ProcessUse.of(operator.pid()),
        apiServerUse(),
        ProcessUse.of(controlPlane.etcd().pid()),
        ProcessUse.of(ProcessHandle.current().pid()));
  }

  /**
   * Waits until the watch has observed the newest version of every task.
   *
   * @throws IllegalStateException when that takes longer than {@code atMost}
   */
  public void untilAllObserved(Duration atMost) {
    progress.untilNone(
        "tasks are not up to date yet",
        () -> {
          watch.requireOpen();
          return timeline.unobserved();
        },
        atMost);
  }

  @Override
  public void close() {
    operator.close();
    watch.close();
    cloud.close();
  }

  private OperatorProcess newOperator() throws IOException {
    Path folder = Settings.output().resolve("operator");
    return OperatorProcess.of(
        "operator", command(), environment(folder), folder, controlPlane.reaper());
  }

  private List<String> command() {
    Path root = Settings.repository();
    if (load.operator().baseline()) {
      return List.of(root.resolve("bench/target/baseline").toString()); // built by run.sh
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + root.resolve("operator/jvm.options"));
    command.add("-XX:MaxRAM=" + load.operator().memory());
    command.addAll(load.operator().javaOptions());
    command.add("-jar");
    command.add(Settings.operatorJar().toString());
    return command;
  }

  /** As in a pod, without a kubeconfig: loading a YAML parser would change the figures. */
  private Map<String, String> environment(Path folder) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("MALLOC_ARENA_MAX", "2"); // as the image sets it
    environment.put("KUBERNETES_MASTER", controlPlane.server().toString());
    environment.put("KUBERNETES_CERTS_CA_FILE", controlPlane.authority().certificate().toString());
    environment.put(
        "KUBERNETES_AUTH_SERVICEACCOUNT_TOKEN",
        Files.writeString(
                Files.createDirectories(folder).resolve("token"),
                controlPlane.tokenFor(ControlPlane.OURS, OPERATOR_ACCOUNT))
            .toString());
    environment.put("KUBERNETES_NAMESPACE", ControlPlane.OURS);
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI-bench");
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "bench-secret");
    environment.put("ACKTASK_DEFAULT_REGION", "cn-hangzhou");
    environment.put("ACKTASK_ENDPOINT_PUBLIC", cloud.endpoint().toString());
    environment.put("ACKTASK_ALLOW_PLAINTEXT_ENDPOINT", "true");
    environment.put("ACKTASK_MIN_POLL_INTERVAL", "1s");
    environment.put(
        "ACKTASK_REQUESTS_PER_MINUTE", String.valueOf(load.operator().requestsPerMinute()));
    environment.put("ACKTASK_REQUEST_BURST", String.valueOf(load.operator().burst()));
    environment.put("ACKTASK_MANAGEMENT_PORT", "0");
    environment.put("ACKTASK_HEALTH_PORT", "0");
    return environment;
  }
}
