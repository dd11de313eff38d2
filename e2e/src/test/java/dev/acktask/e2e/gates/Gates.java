package dev.acktask.e2e.gates;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.script.ListedTask;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** An operator with the chart's rights to gates and discoveries in one namespace. */
final class Gates implements AutoCloseable {
  /** Generous, because the machine may be busy. */
  static final Duration SOON = Duration.ofSeconds(60);

  static final String CLUSTER = "c0000000000000000000000000000e2e7";

  private static final ResourceDefinitionContext TYPE = type("AckTaskGate", "acktaskgates");
  private static final ResourceDefinitionContext DISCOVERY =
      type("AckTaskDiscovery", "acktaskdiscoveries");

  private final OperatorFixture fixture;

  private Gates(OperatorFixture fixture) {
    this.fixture = fixture;
  }

  static Gates start(ControlPlane controlPlane, String prefix) {
    Gates gates = new Gates(OperatorFixture.prepare(controlPlane, prefix));
    try {
      gates.fixture.grant("discovery: {enabled: true}");
      gates.fixture.replica("operator").start();
      return gates;
    } catch (RuntimeException e) {
      gates.close();
      throw e;
    }
  }

  OperatorFixture fixture() {
    return fixture;
  }

  AckTasks tasks() {
    return fixture.tasks();
  }

  SimulatedRegion region() {
    return fixture.cloud().account(Simulator.DEFAULT_ACCOUNT).region("cn-hangzhou");
  }

  /**
   * Creates an AckTask with the labels {@code change: v2} and {@code app: shop}. Its task was
   * created now.
   *
   * @param state of the task
   */
  void createTask(String name, String state) {
    setState(name, state);
    tasks().create(name, taskId(name), Map.of("change", "v2", "app", "shop"));
  }

  /** The task of an AckTask has another state from now on. */
  void setState(String name, String state) {
    String id = taskId(name);
    fixture.cloud().answers(id, Answers.state(id, state, Instant.now()));
  }

  /** The list of {@link #CLUSTER} has a task in this state. */
  void list(String taskId, String state) {
    region().putListed(CLUSTER, ListedTask.builder(taskId, Instant.now()).state(state).build());
  }

  /** The id of the task of an AckTask. */
  String taskId(String name) {
    return "T-" + tasks().namespace() + "-" + name;
  }

  /**
   * Creates a gate.
   *
   * @param spec fields in YAML's flow style
   */
  void create(String name, String spec) {
    createIn(tasks().namespace(), name, spec);
  }

  /** The same in another namespace. */
  void createIn(String namespace, String name, String spec) {
    apply(namespace, "AckTaskGate", name, spec);
  }

  /** Creates or edits the discovery {@code all}, which reports the tasks of {@link #CLUSTER}. */
  void putDiscovery(boolean isSuspended) {
    apply(
        tasks().namespace(),
        "AckTaskDiscovery",
        "all",
        "clusters: {ids: [%s]}, mode: ReportOnly, suspend: %s".formatted(CLUSTER, isSuspended));
  }

  void deleteDiscovery() {
    operation(DISCOVERY, tasks().namespace(), "all").delete();
  }

  GenericKubernetesResource get(String name) {
    return getIn(tasks().namespace(), name);
  }

  boolean exists(String name) {
    return operation(TYPE, tasks().namespace(), name).get() != null;
  }

  GenericKubernetesResource getIn(String namespace, String name) {
    return operation(TYPE, namespace, name).require();
  }

  /** Waits for status and reason of Succeeded, for example {@code True/AllSucceeded}. */
  void awaitVerdict(String name, String verdict) {
    awaitVerdict(name, verdict, SOON);
  }

  void awaitVerdict(String name, String verdict, Duration atMost) {
    await(name).atMost(atMost).until(() -> verdict(name), verdict::equals);
  }

  String verdict(String name) {
    GenericKubernetesResource gate = get(name);
    return AckTasks.condition(gate, "Succeeded") + "/" + AckTasks.reason(gate, "Succeeded");
  }

  /** A field of the status; null without one. */
  String status(String name, String field) {
    return get(name).get("status", field);
  }

  /** Another client writes that the gate is open, with the conditions of one that is. */
  void forgeOpen(String name) {
    String status =
        """
        {"status": {"phase": "Succeeded", "done": "1/1", "blocking": null, "observedGeneration": 1,
          "conditions": [%s, %s, %s]}}
        """
            .formatted(condition("Ready"), condition("Settled"), condition("Succeeded"));
    String version =
        operation(TYPE, tasks().namespace(), name)
            .subresource("status")
            .patch(PatchContext.of(PatchType.JSON_MERGE), status)
            .getMetadata()
            .getResourceVersion();
    fixture.recorder().forged(version);
  }

  private static String condition(String type) {
    return """
    {"type": "%s", "status": "True", "reason": "AllSucceeded", "message": "Forged.",
     "observedGeneration": 1, "lastTransitionTime": "2026-01-02T03:04:05Z"}
    """
        .formatted(type);
  }

  /** Checks the history of the AckTasks and the gates. */
  @Override
  public void close() {
    fixture.close();
  }

  /**
   * Creates or edits an object of this operator's API.
   *
   * @param spec fields in YAML's flow style
   */
  void apply(String namespace, String kind, String name, String spec) {
    String yaml =
        """
        apiVersion: acktask.dev/v1alpha1
        kind: %s
        metadata: {namespace: %s, name: %s}
        spec: {%s}
        """
            .formatted(kind, namespace, name, spec);
    fixture
        .controlPlane()
        .admin()
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .forceConflicts()
        .serverSideApply();
  }

  private Resource<GenericKubernetesResource> operation(
      ResourceDefinitionContext type, String namespace, String name) {
    return fixture
        .controlPlane()
        .admin()
        .genericKubernetesResources(type)
        .inNamespace(namespace)
        .withName(name);
  }

  private static ResourceDefinitionContext type(String kind, String plural) {
    return new ResourceDefinitionContext.Builder()
        .withGroup("acktask.dev")
        .withVersion("v1alpha1")
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
