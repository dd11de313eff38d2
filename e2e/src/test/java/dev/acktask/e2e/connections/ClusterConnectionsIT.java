package dev.acktask.e2e.connections;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.account.PrincipalTrust;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * ClusterAckConnections: their identities, the namespaces that they allow, and the default one.
 * Each test has its own connections and tasks.
 */
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
class ClusterConnectionsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String KIND = "ClusterAckConnection";
  private static final String SYSTEM = OperatorFixture.OPERATOR_NAMESPACE;

  private final ControlPlane controlPlane;
  private Teams teams;

  ClusterConnectionsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeAll
  void start() {
    teams = Teams.start(controlPlane, "cluster-conn");
    // Each change of a connection or of a label may cost a write and a call.
    teams
        .fixture()
        .recorder()
        .expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(6));
  }

  @AfterAll
  void close() {
    teams.close();
    teams.rights(SYSTEM).revokeSecrets();
    controlPlane.admin().secrets().inNamespace(SYSTEM).withName("shared").delete();
  }

  @Test
  void shouldUseTheIdentityOfTheOperatorAndAssumeARoleWithIt() {
    // given
    teams
        .simulated(Teams.ACCOUNT_B)
        .putRole(Role.of("hub").trusting(PrincipalTrust.ofAccounts(Simulator.DEFAULT_ACCOUNT)));
    teams.fixture().cloud().answers("T-own", Answers.success("T-own"));
    teams.region(Teams.ACCOUNT_B).answers("T-assumed", Answers.success("T-assumed"));

    // when
    teams.put(ConnectionYaml.cluster("own", Teams.REGION));
    teams.put(
        ConnectionYaml.cluster("assumed", Teams.REGION)
            .with("assumeRole", "{roleArn: '%s'}".formatted(RamArn.role(Teams.ACCOUNT_B, "hub"))));
    teams.create(teams.tasks(), "own", "T-own", KIND, "own");
    teams.create(teams.others(), "assumed", "T-assumed", KIND, "assumed");

    // then
    teams.tasks().awaitPhase("own", "Succeeded", SOON);
    teams.others().awaitPhase("assumed", "Succeeded", SOON);
    assertEquals(
        "{kind=ClusterAckConnection, name=own, regionId=cn-beijing}",
        UsedConnection.of(teams.tasks(), "own"));
  }

  @Test
  void shouldReadTheSecretOfTheNamespaceOfTheOperatorOnly() {
    // given
    teams.rights(SYSTEM).grantSecrets("shared");
    teams.putSecret(SYSTEM, "shared", Teams.keyOf(Teams.ACCOUNT_A));
    teams.rights(teams.tasks()).grantSecrets("shared");
    teams.putSecret(teams.tasks().namespace(), "shared", Teams.keyOf(Teams.ACCOUNT_B));
    teams.region(Teams.ACCOUNT_A).answers("T-shared", Answers.success("T-shared"));
    teams.region(Teams.ACCOUNT_B).answers("T-shared", Answers.running("T-shared"));

    // when
    teams.put(ConnectionYaml.cluster("shared", Teams.REGION).withSecret("shared"));
    teams.create(teams.tasks(), "shared", "T-shared", KIND, "shared");

    // then
    teams.tasks().awaitPhase("shared", "Succeeded", SOON);
  }

  @Test
  void shouldServeOnlyTheNamespacesThatItNames() {
    // given
    teams.fixture().cloud().answers("T-named", Answers.success("T-named"));
    teams.put(
        ConnectionYaml.cluster("named", Teams.REGION)
            .with(
                "allowedNamespaces",
                "{from: Names, names: [%s]}".formatted(teams.tasks().namespace())));

    // when
    teams.create(teams.tasks(), "named", "T-named", KIND, "named");
    teams.create(teams.others(), "named", "T-not-named", KIND, "named");

    // then
    teams.tasks().awaitPhase("named", "Succeeded", SOON);
    String message = Synced.await(teams.others(), "named", "ConnectionNotAllowed").message();
    assertEquals(
        "ClusterAckConnection named does not allow the namespace %s (spec.allowedNamespaces)."
            .formatted(teams.others().namespace()),
        message);
    assertEquals(0, teams.fixture().cloud().callCount("T-not-named"));
  }

  @Test
  void shouldFollowTheLabelsOfANamespaceAndKeepItsVerdicts() {
    // given
    teams.fixture().cloud().answers("T-labelled", Answers.running("T-labelled"));
    teams.fixture().cloud().answers("T-ended", Answers.success("T-ended"));
    teams.put(
        ConnectionYaml.cluster("labelled", Teams.REGION)
            .with(
                "allowedNamespaces",
                "{from: Selector, selector: {matchLabels: {example.com/tasks: shared}}}"));
    teams.create(teams.others(), "labelled", "T-labelled", KIND, "labelled");
    teams.create(teams.others(), "ended", "T-ended", KIND, "labelled");
    Synced.await(teams.others(), "labelled", "ConnectionNotAllowed");

    // when
    label(teams.others().namespace(), "shared");

    // then
    teams.others().awaitPhase("labelled", "Running", SOON);
    teams.others().awaitPhase("ended", "Succeeded", SOON);

    // when
    label(teams.others().namespace(), "none");
    Synced.await(teams.others(), "labelled", "ConnectionNotAllowed");
    int calls = teams.fixture().cloud().callCount("T-labelled");

    // then
    pass(3);
    assertEquals(calls, teams.fixture().cloud().callCount("T-labelled"));
    assertEquals("Running", teams.others().phase("labelled"));
    assertEquals("Succeeded", teams.others().phase("ended"));
  }

  @Test
  void shouldServeTasksWithoutReferenceWhileItIsTheDefault() {
    // given
    teams.fixture().cloud().answers("T-default", Answers.running("T-default"));
    teams.put(ConnectionYaml.cluster("default", Teams.OTHER_REGION));
    teams.tasks().create("default", "T-default");
    awaitConnection("{kind=ClusterAckConnection, name=default, regionId=cn-shanghai}");

    // when
    controlPlane.kubectl("delete", "clusterackconnection", "default").orThrow();

    // then
    awaitConnection("{kind=BuiltIn, regionId=cn-hangzhou}");
    teams.fixture().cloud().answers("T-default", Answers.success("T-default"));
    teams.tasks().awaitPhase("default", "Succeeded", SOON);
  }

  @Test
  void shouldMakeNoCallWhileItIsSuspended() {
    // given
    teams.fixture().cloud().answers("T-paused", Answers.running("T-paused"));
    ConnectionYaml connection = ConnectionYaml.cluster("paused", Teams.REGION);
    teams.put(connection);
    teams.create(teams.tasks(), "paused", "T-paused", KIND, "paused");
    teams.tasks().awaitPhase("paused", "Running", SOON);

    // when
    teams.put(connection.with("suspend", "true"));
    Synced.await(teams.tasks(), "paused", "ConnectionSuspended");
    int calls = teams.fixture().cloud().callCount("T-paused");
    pass(3);

    // then
    assertEquals(calls, teams.fixture().cloud().callCount("T-paused"));
    assertEquals("Running", teams.tasks().phase("paused"));

    // when
    teams.fixture().cloud().answers("T-paused", Answers.success("T-paused"));
    teams.put(connection.with("suspend", "false"));

    // then
    teams.tasks().awaitPhase("paused", "Succeeded", SOON);
  }

  @Test
  void shouldMirrorNothingOfAClusterThatIsNotAllowed() {
    // given
    teams.fixture().cloud().answers("T-hidden", Answers.failed("T-hidden", "Broken", "It broke."));
    teams.put(
        ConnectionYaml.cluster("limited", Teams.REGION).with("allowedClusterIds", "[c-another]"));

    // when
    teams.create(teams.tasks(), "hidden", "T-hidden", KIND, "limited");

    // then
    String message = Synced.await(teams.tasks(), "hidden", "ClusterNotAllowed").message();
    assertTrue(message.contains("spec.allowedClusterIds of ClusterAckConnection limited"), message);
    assertEquals("Pending", teams.tasks().phase("hidden"));
    for (String field : new String[] {"clusterId", "type", "error", "state", "target"}) {
      assertNull(teams.tasks().get("hidden").get("status", field), field);
    }
  }

  /** Waits until the task {@code default} was polled with that connection. */
  private void awaitConnection(String connection) {
    await()
        .atMost(SOON)
        .until(() -> UsedConnection.of(teams.tasks(), "default").equals(connection));
  }

  /** Waits for the time of some polls, by polls of another task. */
  private void pass(int polls) {
    String name = "clock-" + System.nanoTime();
    teams.fixture().cloud().answers("T-" + name, Answers.running("T-" + name));
    teams.tasks().create(name, "T-" + name);
    teams.awaitPolls("T-" + name, polls);
    teams.tasks().delete(name);
  }

  private void label(String namespace, String value) {
    controlPlane
        .kubectl("label", "--overwrite", "namespace", namespace, "example.com/tasks=" + value)
        .orThrow();
  }
}
