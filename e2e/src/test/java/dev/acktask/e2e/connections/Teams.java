package dev.acktask.e2e.connections;

import static org.awaitility.Awaitility.await;

import dev.acktask.e2e.AckTasks;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.TeamRights;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.e2e.operator.OperatorProcess;
import dev.acktask.e2e.operator.RegionSettings;
import dev.acktask.simulator.SimulatedAccount;
import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.AccountsConfig;
import dev.acktask.simulator.requestlog.RequestRecord;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An operator with a built-in connection that logs at trace, a simulated cloud with two more
 * accounts, and two namespaces of teams. The histories of both are checked.
 *
 * <p>ClusterAckConnections are deleted at the end: the operators of all other tests would use them.
 */
final class Teams implements AutoCloseable {
  static final String ACCOUNT_A = "1000000000000001";
  static final String ACCOUNT_B = "1000000000000002";

  /** The region of the first team. */
  static final String REGION = "cn-beijing";

  /** The region of the second team. */
  static final String OTHER_REGION = "cn-shanghai";

  /** These, and that of the built-in connection. */
  static final List<String> REGIONS = List.of("cn-hangzhou", REGION, OTHER_REGION);

  private static final Duration SOON = Duration.ofSeconds(60);

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
    return start(controlPlane, prefix, Map.of());
  }

  /**
   * The same with other settings of the operator.
   *
   * @param overrides its environment variables
   */
  static Teams start(ControlPlane controlPlane, String prefix, Map<String, String> overrides) {
    return start(controlPlane, prefix, controlPlane.server(), overrides);
  }

  /**
   * The same with an operator that reaches the API server by another address.
   *
   * @param server of a proxy
   */
  static Teams start(
      ControlPlane controlPlane, String prefix, URI server, Map<String, String> overrides) {
    OperatorFixture fixture = OperatorFixture.prepare(controlPlane, prefix);
    String other = controlPlane.createNamespace(prefix + "-other");
    fixture.alsoWatch(other);
    fixture.recorder().alsoRecord(other);
    fixture
        .cloud()
        .configure(
            new AccountsConfig(
                List.of(account(ACCOUNT_A), account(ACCOUNT_B)),
                Optional.empty(),
                Optional.empty()));
    Map<String, String> settings = new HashMap<>(RegionSettings.of(fixture.cloud(), REGIONS));
    settings.putAll(overrides);
    OperatorProcess operator =
        fixture.replica(
            "operator",
            controlPlane.kubeconfigFor(
                OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT, server),
            settings);
    Teams teams = new Teams(fixture, new AckTasks(controlPlane.admin(), other), operator);
    List.of(ACCOUNT_A, ACCOUNT_B).forEach(id -> fixture.recorder().plant(keySecret(id)));
    teams.rights(teams.tasks()).grantSecrets("key");
    teams.rights(teams.others()).grantSecrets("key");
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

  /** The requests that a key or role of the account signed, oldest first. */
  List<RequestRecord> served(String accountId) {
    return fixture.cloud().served().stream()
        .filter(request -> request.accountId().filter(accountId::equals).isPresent())
        .toList();
  }

  /** What a team grants to the operator; at first to read the Secret {@code key}. */
  TeamRights rights(AckTasks team) {
    return rights(team.namespace());
  }

  /** What that namespace grants to the operator. */
  TeamRights rights(String namespace) {
    return new TeamRights(
        fixture.controlPlane().admin(),
        namespace,
        TeamRights.serviceAccount(
            OperatorFixture.OPERATOR_NAMESPACE, OperatorFixture.OPERATOR_ACCOUNT));
  }

  /** Creates or replaces the Secret {@code key} with the key of the account. */
  void putKey(AckTasks team, String accountId) {
    putSecret(team, keyOf(accountId));
  }

  /** The data of a Secret with the key of the account. */
  static Map<String, String> keyOf(String accountId) {
    return Map.of("accessKeyId", keyId(accountId), "accessKeySecret", keySecret(accountId));
  }

  /** Creates or replaces the Secret {@code key}. */
  void putSecret(AckTasks team, Map<String, String> data) {
    putSecret(team.namespace(), "key", data);
  }

  /** Creates or replaces a Secret, with these keys only. */
  void putSecret(String namespace, String name, Map<String, String> data) {
    Secret secret = Secrets.ofText(data);
    secret.getMetadata().setNamespace(namespace);
    secret.getMetadata().setName(name);
    fixture.controlPlane().admin().resource(secret).createOr(existing -> existing.update());
  }

  /**
   * Creates an AckConnection {@code name} in the team's namespace and region with the Secret {@code
   * key}.
   */
  void putConnection(AckTasks team, String name) {
    put(connection(team, name));
  }

  /** An AckConnection of the team in its region, with the Secret {@code key}. */
  ConnectionYaml connection(AckTasks team, String name) {
    String region = team.equals(other) ? OTHER_REGION : REGION;
    return ConnectionYaml.namespaced(team.namespace(), name, region).withSecret("key");
  }

  /** Creates or replaces a connection. */
  void put(ConnectionYaml connection) {
    fixture
        .controlPlane()
        .admin()
        .load(stream(connection.toString()))
        .forceConflicts()
        .serverSideApply();
  }

  /** A task of the team with a connection of the team. */
  void create(AckTasks team, String name, String taskId, String connection) {
    create(team, name, taskId, "AckConnection", connection);
  }

  /** A task of the team with a connection of that kind. */
  void create(AckTasks team, String name, String taskId, String kind, String connection) {
    team.create(
        name, Map.of("taskId", taskId, "connectionRef", Map.of("kind", kind, "name", connection)));
  }

  /** Waits until the task was polled {@code polls} more times. */
  void awaitPolls(String taskId, int polls) {
    int before = fixture.cloud().callCount(taskId);
    await(taskId).atMost(SOON).until(() -> fixture.cloud().callCount(taskId) >= before + polls);
  }

  @Override
  public void close() {
    for (String namespace : List.of(other.namespace(), "default")) {
      fixture
          .recorder()
          .text(
              "events in " + namespace,
              fixture
                  .controlPlane()
                  .admin()
                  .raw("/apis/events.k8s.io/v1/namespaces/" + namespace + "/events"));
    }
    try {
      fixture.close();
    } finally {
      fixture.controlPlane().kubectl("delete", "clusterackconnections", "--all").orThrow();
    }
  }

  private static Account account(String id) {
    return Account.builder(id).key(AccessKey.of(keyId(id), keySecret(id))).build();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
