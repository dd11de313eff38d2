package dev.acktask.e2e.connections;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.Settings;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.simulator.SimulatedAccount;
import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.AccountsConfig;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operator with a built-in connection, a simulated cloud with two more accounts, and two
 * namespaces of teams. The first one is that of the fixture, whose history is checked.
 */
final class Teams implements AutoCloseable {
  static final String ACCOUNT_A = "1000000000000001";
  static final String ACCOUNT_B = "1000000000000002";
  static final String REGION = "cn-beijing";

  private final OperatorFixture fixture;
  private final AckTasks other;
  private final OperatorProcess operator;

  private Teams(OperatorFixture fixture, AckTasks other, OperatorProcess operator) {
    this.fixture = fixture;
    this.other = other;
    this.operator = operator;
  }

  /** With an operator that is ready, and no connection. */
  static Teams start(ControlPlane controlPlane, String prefix) {
    OperatorFixture fixture = OperatorFixture.prepare(controlPlane, prefix);
    String other = controlPlane.createNamespace(prefix + "-other");
    fixture.alsoWatch(other);
    fixture
        .cloud()
        .configure(
            new AccountsConfig(
                List.of(account(ACCOUNT_A), account(ACCOUNT_B)),
                Optional.empty(),
                Optional.empty()));
    int port = fixture.cloud().endpoint().getPort();
    Map<String, String> settings = new HashMap<>();
    settings.put("ACKTASK_ENDPOINT_PUBLIC", "http://cs.{region}.localhost:" + port);
    settings.put("JAVA_TOOL_OPTIONS", "-Djdk.net.hosts.file=" + hosts());
    settings.put("ACKTASK_STS_ENDPOINT_PUBLIC", "http://localhost:" + port);
    Teams teams =
        new Teams(
            fixture,
            new AckTasks(controlPlane.admin(), other),
            fixture.replica(
                "operator",
                controlPlane.kubeconfigFor(
                    OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT),
                settings));
    for (String account : List.of(ACCOUNT_A, ACCOUNT_B)) {
      fixture.recorder().plant(keySecret(account));
    }
    teams.mayReadSecrets(fixture.tasks().namespace(), "key");
    teams.mayReadSecrets(other, "key");
    teams.operator.start();
    return teams;
  }

  static String keyId(String account) {
    return "LTAI-" + account;
  }

  static String keySecret(String account) {
    return "canary-secret-of-" + account;
  }

  OperatorFixture fixture() {
    return fixture;
  }

  OperatorProcess operator() {
    return operator;
  }

  /** The tasks of the first team. */
  AckTasks tasks() {
    return fixture.tasks();
  }

  /** The tasks of the second team. */
  AckTasks others() {
    return other;
  }

  SimulatedAccount simulated(String accountId) {
    return fixture.cloud().account(accountId);
  }

  /** Region {@link #REGION} of the account. */
  SimulatedRegion region(String accountId) {
    return simulated(accountId).region(REGION);
  }

  /** Creates or replaces the Secret {@code key} with the key of the account. */
  void putKey(AckTasks team, String accountId) {
    putSecret(
        team, Map.of("accessKeyId", keyId(accountId), "accessKeySecret", keySecret(accountId)));
  }

  /** Creates or replaces the Secret {@code key}. */
  void putSecret(AckTasks team, Map<String, String> data) {
    fixture.recorder().nameSecret(team.namespace(), "key");
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(team.namespace())
            .withName("key")
            .endMetadata()
            .withStringData(data)
            .build();
    fixture.controlPlane().admin().resource(secret).forceConflicts().serverSideApply();
  }

  /** Creates an AckConnection {@code name} in the team's namespace with the Secret {@code key}. */
  void putConnection(AckTasks team, String name) {
    putConnection(team, name, "");
  }

  /**
   * The same with more lines of the spec.
   *
   * @param more YAML with four spaces
   */
  void putConnection(AckTasks team, String name, String more) {
    apply(
        """
        apiVersion: acktask.dev/v1alpha1
        kind: AckConnection
        metadata: {name: %s, namespace: %s}
        spec:
            regionId: %s
            requestsPerMinute: 60000
            burst: 1000
            credentials: {secretRef: {name: key}}
        %s
        """
            .formatted(name, team.namespace(), REGION, more));
  }

  void apply(String yaml) {
    fixture.controlPlane().admin().load(stream(yaml)).forceConflicts().serverSideApply();
  }

  /** A task of the team with a connection of the team. */
  void create(AckTasks team, String name, String taskId, String connection) {
    team.create(
        name,
        Map.of(
            "taskId",
            taskId,
            "connectionRef",
            Map.of("kind", "AckConnection", "name", connection)));
  }

  @Override
  public void close() {
    fixture.close();
  }

  /** What a team grants to the operator: to read one Secret by name. */
  private void mayReadSecrets(String namespace, String secret) {
    var admin = fixture.controlPlane().admin();
    admin
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("acktask-operator-key")
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("secrets")
                .withResourceNames(secret)
                .withVerbs("get")
                .endRule()
                .build())
        .create();
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("acktask-operator-key")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "acktask-operator-key")
                .addNewSubject()
                .withKind("ServiceAccount")
                .withNamespace(OperatorFixture.OPERATOR_NAMESPACE)
                .withName(OperatorFixture.OPERATOR_ACCOUNT)
                .endSubject()
                .build())
        .create();
  }

  /** Not every system resolves names below localhost. */
  private static Path hosts() {
    try {
      return Files.writeString(
          Files.createDirectories(Settings.output()).resolve("hosts-of-regions"),
          "127.0.0.1 localhost cs.cn-hangzhou.localhost cs.cn-beijing.localhost\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Account account(String id) {
    return Account.builder(id).key(AccessKey.of(keyId(id), keySecret(id))).build();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
