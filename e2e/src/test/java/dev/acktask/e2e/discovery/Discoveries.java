package dev.acktask.e2e.discovery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.discovery.ListedScripts.Played;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.operator.RegionSettings;
import dev.acktask.simulator.SimulatedRegion;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An operator with the chart's rights for discoveries in one namespace, where a simulated account
 * has a connection for each region, named like it.
 */
public final class Discoveries implements AutoCloseable {
  static final List<String> REGIONS = ConnectedAccount.REGIONS;

  /** Generous, because the machine may be busy. */
  public static final Duration SOON = Duration.ofSeconds(60);

  private static final ResourceDefinitionContext TYPE =
      new ResourceDefinitionContext.Builder()
          .withGroup("acktask.dev")
          .withVersion("v1alpha1")
          .withKind("AckTaskDiscovery")
          .withPlural("acktaskdiscoveries")
          .withNamespaced(true)
          .build();

  private final OperatorFixture fixture;
  private final ConnectedAccount account;
  private final List<OperatorProcess> replicas = new ArrayList<>();

  private Discoveries(OperatorFixture fixture) {
    this.fixture = fixture;
    this.account = new ConnectedAccount(fixture);
  }

  /** With everything but an operator. */
  static Discoveries prepare(
      ControlPlane controlPlane, String prefix, Map<String, String> overrides) {
    Discoveries discoveries =
        new Discoveries(OperatorFixture.prepare(controlPlane, prefix, overrides));
    discoveries.account.grant();
    discoveries.account.connect();
    return discoveries;
  }

  /** With an operator that is ready. */
  public static Discoveries start(ControlPlane controlPlane, String prefix) {
    return start(controlPlane, prefix, Map.of());
  }

  /**
   * The same with other settings of the operator.
   *
   * @param overrides its environment variables
   */
  static Discoveries start(
      ControlPlane controlPlane, String prefix, Map<String, String> overrides) {
    Discoveries discoveries = prepare(controlPlane, prefix, overrides);
    try {
      discoveries.replica("operator").start();
      return discoveries;
    } catch (RuntimeException e) {
      discoveries.close();
      throw e;
    }
  }

  /** One more replica, not started. */
  OperatorProcess replica(String name) {
    OperatorProcess replica =
        fixture.replica(
            name,
            fixture
                .controlPlane()
                .kubeconfigFor(
                    OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT),
            RegionSettings.of(fixture.cloud(), REGIONS));
    replicas.add(replica);
    return replica;
  }

  public OperatorFixture fixture() {
    return fixture;
  }

  OperatorProcess operator() {
    return replicas.get(0);
  }

  public AckTasks tasks() {
    return fixture.tasks();
  }

  /** The region of the account. */
  public SimulatedRegion region(String id) {
    return account.region(id);
  }

  /** The account, with its connections. */
  ConnectedAccount account() {
    return account;
  }

  /** Creates an AckTask in the usual way, under the connection of the region. */
  void create(Played task, String region) {
    tasks()
        .create(
            task.objectName(),
            Map.of(
                "taskId",
                task.taskId(),
                "connectionRef",
                Map.of("kind", "AckConnection", "name", region)));
  }

  /** Waits until each task has the phase that it has to have. */
  public void awaitPhases(List<Played> played) {
    Map<String, String> expected =
        played.stream().collect(Collectors.toMap(Played::objectName, Played::phase));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Map<String, String> phases = phases();
              phases.keySet().retainAll(expected.keySet());
              assertEquals(new TreeMap<>(expected), phases);
            });
  }

  /** The phase of each AckTask by its name; empty without one. */
  Map<String, String> phases() {
    Map<String, String> phases = new TreeMap<>();
    for (GenericKubernetesResource task : tasks().operation().list().getItems()) {
      String phase = task.get("status", "phase");
      phases.put(task.getMetadata().getName(), phase == null ? "" : phase);
    }
    return phases;
  }

  /**
   * Creates or replaces a discovery of one region.
   *
   * @param spec more fields in YAML's flow style
   */
  void put(String name, String region, String spec) {
    account.apply(
        """
        apiVersion: acktask.dev/v1alpha1
        kind: AckTaskDiscovery
        metadata: {namespace: %s, name: %s}
        spec: {connectionRefs: [{kind: AckConnection, name: %s}], %s}
        """
            .formatted(tasks().namespace(), name, region, spec));
  }

  public GenericKubernetesResource get(String name) {
    return operation(name).require();
  }

  void delete(String name) {
    operation(name).delete();
  }

  /** Names of the AckTasks. */
  public List<String> names() {
    return tasks().operation().list().getItems().stream()
        .map(task -> task.getMetadata().getName())
        .sorted()
        .toList();
  }

  /**
   * Waits until the number {@code field} of the tasks in the status of a discovery is {@code n}.
   */
  void awaitTasks(String discovery, String field, int n) {
    await(discovery + " " + field)
        .atMost(SOON)
        .until(() -> Integer.valueOf(n).equals(get(discovery).get("status", "tasks", field)));
  }

  /** Waits until the tasks of a cluster were listed {@code count} more times. */
  void awaitLists(String clusterId, int count) {
    int before = fixture.cloud().listCount(clusterId);
    await(clusterId)
        .atMost(SOON)
        .until(() -> fixture.cloud().listCount(clusterId) >= before + count);
  }

  @Override
  public void close() {
    fixture.close();
  }

  private Resource<GenericKubernetesResource> operation(String name) {
    return fixture
        .controlPlane()
        .admin()
        .genericKubernetesResources(TYPE)
        .inNamespace(tasks().namespace())
        .withName(name);
  }
}
