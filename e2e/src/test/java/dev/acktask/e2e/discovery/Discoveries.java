package dev.acktask.e2e.discovery;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.chart.Chart;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.TeamRights;
import dev.acktask.e2e.connections.ConnectionYaml;
import dev.acktask.e2e.discovery.ListedScripts.Played;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.operator.RegionSettings;
import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.AccountsConfig;
import dev.acktask.simulator.operation.Operation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An operator with the chart's rights for discoveries in one namespace, where a simulated account
 * has a connection for each region, named like it.
 */
final class Discoveries implements AutoCloseable {
  static final List<String> REGIONS = List.of("cn-hangzhou", "cn-beijing", "cn-shanghai");

  /** Generous, because the machine may be busy. */
  static final Duration SOON = Duration.ofSeconds(60);

  private static final String KEY = "LTAI-discoveries";
  private static final String ACCOUNT = "1000000000000001";
  private static final String SECRET = "canary-secret-of-discoveries";
  private static final ResourceDefinitionContext TYPE =
      new ResourceDefinitionContext.Builder()
          .withGroup("acktask.dev")
          .withVersion("v1alpha1")
          .withKind("AckTaskDiscovery")
          .withPlural("acktaskdiscoveries")
          .withNamespaced(true)
          .build();

  private final OperatorFixture fixture;
  private final List<OperatorProcess> replicas = new ArrayList<>();

  private Discoveries(OperatorFixture fixture) {
    this.fixture = fixture;
  }

  /** With everything but an operator. */
  static Discoveries prepare(
      ControlPlane controlPlane, String prefix, Map<String, String> overrides) {
    Discoveries discoveries =
        new Discoveries(OperatorFixture.prepare(controlPlane, prefix, overrides));
    discoveries.grant();
    discoveries.connect();
    return discoveries;
  }

  /** With an operator that is ready. */
  static Discoveries start(ControlPlane controlPlane, String prefix) {
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

  OperatorFixture fixture() {
    return fixture;
  }

  OperatorProcess operator() {
    return replicas.get(0);
  }

  AckTasks tasks() {
    return fixture.tasks();
  }

  /** The region of the account. */
  SimulatedRegion region(String id) {
    return fixture.cloud().account(ACCOUNT).region(id);
  }

  /** From now on RAM permits nothing else to the account's key. */
  void permitOnly(Operation... operations) {
    fixture
        .cloud()
        .account(ACCOUNT)
        .putKey(AccessKey.of(KEY, SECRET).permitting(operations));
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
  void awaitPhases(List<Played> played) {
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
    apply(
        """
        apiVersion: acktask.dev/v1alpha1
        kind: AckTaskDiscovery
        metadata: {namespace: %s, name: %s}
        spec: {connectionRefs: [{kind: AckConnection, name: %s}], %s}
        """
            .formatted(tasks().namespace(), name, region, spec));
  }

  GenericKubernetesResource get(String name) {
    return operation(name).require();
  }

  void delete(String name) {
    operation(name).delete();
  }

  /** Names of the AckTasks. */
  List<String> names() {
    return tasks().operation().list().getItems().stream()
        .map(task -> task.getMetadata().getName())
        .sorted()
        .toList();
  }

  /** Waits until the number {@code field} of the tasks in the status of a discovery is {@code n}. */
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

  /** What the chart grants in this namespace. */
  private void grant() {
    String values =
        Chart.leastWith(
            "watchNamespaces: [%s], discovery: {enabled: true}".formatted(tasks().namespace()));
    Chart.ours().render(values).objects().stream()
        .filter(object -> tasks().namespace().equals(object.getMetadata().getNamespace()))
        .forEach(object -> fixture.controlPlane().admin().resource(object).serverSideApply());
  }

  private void connect() {
    Account account =
        Account.builder(ACCOUNT).key(AccessKey.of(KEY, SECRET)).build();
    fixture
        .cloud()
        .configure(new AccountsConfig(List.of(account), Optional.empty(), Optional.empty()));
    fixture.recorder().plant(SECRET);
    Map<String, String> key = new HashMap<>();
    key.put("accessKeyId", KEY);
    key.put("accessKeySecret", SECRET);
    fixture
        .controlPlane()
        .admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(tasks().namespace())
                .withName("key")
                .endMetadata()
                .withStringData(key)
                .build())
        .create();
    new TeamRights(
            fixture.controlPlane().admin(),
            tasks().namespace(),
            TeamRights.serviceAccount(
                OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT))
        .grantSecrets("key");
    for (String region : REGIONS) {
      apply(
          ConnectionYaml.namespaced(tasks().namespace(), region, region)
              .withSecret("key")
              .toString());
    }
  }

  private void apply(String yaml) {
    fixture
        .controlPlane()
        .admin()
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .forceConflicts()
        .serverSideApply();
  }
}
