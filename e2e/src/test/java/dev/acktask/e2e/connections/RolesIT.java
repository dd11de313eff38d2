package dev.acktask.e2e.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.OnControlPlane;
import dev.acktask.e2e.history.Bounds;
import dev.acktask.e2e.operator.Answers;
import dev.acktask.e2e.operator.OperatorFixture;
import dev.acktask.simulator.account.PrincipalTrust;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Roles that a connection assumes by the tokens of a ServiceAccount, or by another identity. */
@OnControlPlane
@TestInstance(Lifecycle.PER_CLASS)
class RolesIT {
  private static final Duration SOON = Duration.ofMinutes(2);

  private final ControlPlane controlPlane;
  private Teams teams;

  RolesIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @BeforeAll
  void start() {
    teams = Teams.start(controlPlane, "roles");
    teams
        .fixture()
        .recorder()
        .expect(Bounds.undisturbed(OperatorFixture.POLL_INTERVAL).withExtra(4));
    teams.putKey(teams.tasks(), Teams.ACCOUNT_A);
  }

  @AfterAll
  void close() {
    teams.close();
  }

  @Test
  @Tag("F97")
  void shouldNameWhatTheRoleOfAServiceAccountLacksAndRecover() {
    // given
    WorkloadIdentity noAccount = identity("no-account");
    noAccount.createRole();
    WorkloadIdentity noRole = identity("no-role");
    noRole.createServiceAccount();
    WorkloadIdentity refused = identity("refused").create();
    teams.simulated(Teams.ACCOUNT_A).refuseRole("refused");
    WorkloadIdentity noRight = identity("no-right").create();
    teams.rights(teams.tasks()).grantTokens("no-account", "no-role", "refused");

    // when
    follow(noAccount);
    follow(noRole);
    follow(refused);
    follow(noRight);

    // then
    String namespace = teams.tasks().namespace();
    assertNotAssumable(
        "no-account", "There is no ServiceAccount no-account in namespace " + namespace);
    assertNotAssumable("no-role", "role/no-role");
    assertNotAssumable("refused", "AuthenticationFail.NoPermission");
    assertNotAssumable(
        "no-right",
        "the right to create serviceaccounts/token with the resourceNames [no-right], by a Role and"
            + " a RoleBinding in namespace "
            + namespace);

    // when
    noAccount.createServiceAccount();
    noRole.createRole();
    teams.simulated(Teams.ACCOUNT_A).allowRole("refused");
    teams.rights(teams.tasks()).grantTokens("no-account", "no-role", "refused", "no-right");

    // then
    for (String name : new String[] {"no-account", "no-role", "refused", "no-right"}) {
      teams.tasks().awaitPhase(name, "Succeeded", SOON);
    }
  }

  @Test
  void shouldNotAssumeTheRoleOfAnotherTeamWithAServiceAccountOfTheSameName() {
    // given
    identity("same-name").create();
    WorkloadIdentity foreign =
        new WorkloadIdentity(teams, teams.others(), Teams.ACCOUNT_A, "same-name");
    foreign.createServiceAccount();
    teams.rights(teams.others()).grantTokens("same-name");

    // when
    teams.put(foreign.connection("same-name"));
    teams.create(teams.others(), "same-name", "T-foreign", "same-name");

    // then
    Synced synced = Synced.await(teams.others(), "same-name", "RoleNotAssumable");
    assertTrue(synced.message().contains("NoPermission"), synced.message());
    assertEquals(0, teams.fixture().cloud().callCount("T-foreign"));
  }

  @Test
  void shouldPollAnotherAccountByAChainedRoleOnlyWithItsExternalId() {
    // given
    teams
        .simulated(Teams.ACCOUNT_B)
        .putRole(
            Role.of("chained")
                .trusting(
                    PrincipalTrust.ofAccounts(Teams.ACCOUNT_A).withExternalId("example-team")));
    for (String name : new String[] {"with-id", "without-id", "from-token"}) {
      teams.region(Teams.ACCOUNT_B).answers("T-" + name, Answers.success("T-" + name));
    }
    WorkloadIdentity base = identity("chain-base").create();
    teams.rights(teams.tasks()).grantTokens("chain-base");

    // when
    String role = RamArn.role(Teams.ACCOUNT_B, "chained").toString();
    String withId = "{roleArn: '%s', externalId: example-team}".formatted(role);
    teams.put(teams.connection(teams.tasks(), "with-id").with("assumeRole", withId));
    teams.put(base.connection("from-token").with("assumeRole", withId));
    teams.put(
        teams
            .connection(teams.tasks(), "without-id")
            .with("assumeRole", "{roleArn: '%s'}".formatted(role)));
    for (String name : new String[] {"with-id", "without-id", "from-token"}) {
      teams.create(teams.tasks(), name, "T-" + name, name);
    }

    // then
    teams.tasks().awaitPhase("with-id", "Succeeded", SOON);
    teams.tasks().awaitPhase("from-token", "Succeeded", SOON);
    Synced synced = Synced.await(teams.tasks(), "without-id", "RoleNotAssumable");
    assertTrue(synced.message().contains("external id"), synced.message());
    assertEquals("Pending", teams.tasks().phase("without-id"));
  }

  private WorkloadIdentity identity(String name) {
    return new WorkloadIdentity(teams, teams.tasks(), Teams.ACCOUNT_A, name);
  }

  /** Creates a connection and a task with the name of the identity; the task has succeeded. */
  private void follow(WorkloadIdentity identity) {
    String taskId = "T-" + identity.name();
    teams.region(Teams.ACCOUNT_A).answers(taskId, Answers.success(taskId));
    teams.put(identity.connection(identity.name()));
    teams.create(teams.tasks(), identity.name(), taskId, identity.name());
  }

  private void assertNotAssumable(String name, String cause) {
    Synced synced = Synced.await(teams.tasks(), name, "RoleNotAssumable");
    assertEquals("False", synced.status());
    assertTrue(synced.message().contains(cause), synced.message());
    assertEquals(0, teams.fixture().cloud().callCount("T-" + name));
  }
}
