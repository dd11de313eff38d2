package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertNotIssued;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertReady;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertUnavailable;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.PLATFORM;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.PROVIDER;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.TEAM;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.workloadIdentity;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.identity.TokenSource.TokenLookup;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A role that a ServiceAccount assumes with its token, against an STS that verifies the token. */
final class WorkloadIdentityConnectionTest {
  @AutoClose private final SimulatedAccounts cloud = new SimulatedAccounts();

  @Test
  void shouldGetASessionForTheTokenOfTheServiceAccount() {
    CredentialProvider credentials = cloud.provider(workloadIdentity(), null);

    Credential session = assertReady(credentials.current());

    assertNotNull(session.securityToken());
    assertEquals(Optional.of(PLATFORM), credentials.account());
    assertEquals(1, cloud.tokens.issued().size());
  }

  @Test
  @Tag("F97")
  void shouldRequestANewTokenForEachSession() {
    // given
    CredentialProvider credentials = cloud.provider(workloadIdentity(), null);
    Credential first = assertReady(credentials.current());

    // when
    cloud.time.pass(Duration.ofMinutes(50));
    credentials.current();
    Credential second = assertReady(credentials.current());

    // then
    assertFalse(first.isSameAs(second));
    assertEquals(2, cloud.tokens.issued().size());
  }

  @Test
  void shouldNameTheServiceAccountThatTheRoleDoesNotTrust() {
    CredentialProvider credentials =
        cloud.provider(
            new CredentialSource.WorkloadIdentity(
                "shop", "other", TEAM.toString(), PROVIDER.toString()),
            null);

    LookupAssertions.rejected(Refusal.ROLE_NOT_ASSUMABLE, cloud.poll(credentials));
    String message = assertNotIssued(credentials.current());

    assertTrue(message.startsWith("There is no session of the role " + TEAM + " from "), message);
    assertTrue(message.contains("the error AuthenticationFail.NoPermission."), message);
    assertTrue(message.contains("ServiceAccount shop/other and the audience"), message);
  }

  @Test
  void shouldUseNoTokenOfAnotherNamespace() {
    assertNotIssued(
        cloud
            .provider(
                new CredentialSource.WorkloadIdentity(
                    "other", "team", TEAM.toString(), PROVIDER.toString()),
                null)
            .current());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NotFound | There is no ServiceAccount team in namespace shop. Create it, or correct"
            + " serviceAccountName in the connection.",
        "Forbidden | The operator may not request a token of ServiceAccount team in namespace shop."
            + " Give the operator's ServiceAccount the right to create serviceaccounts/token with"
            + " the resourceNames [team], by a Role and a RoleBinding in namespace shop."
      })
  void shouldSayWhatToDoWhenThereIsNoTokenAndRecover(String lookup, String reason) {
    // given
    CredentialProvider credentials = cloud.provider(workloadIdentity(), null);
    cloud.tokens.answer(
        lookup.equals("NotFound") ? new TokenLookup.NotFound() : new TokenLookup.Forbidden());

    // then
    String message = assertNotIssued(credentials.current());
    assertTrue(message.startsWith("There is no session of the role " + TEAM), message);
    assertTrue(message.endsWith(reason), message);
    assertEquals(0, cloud.sessions());

    // when
    cloud.tokens.recover();
    cloud.time.pass(Duration.ofSeconds(5));

    // then
    assertReady(credentials.current());
  }

  @Test
  void shouldReportAnApiServerWithoutAnswerAsAnOutage() {
    CredentialProvider credentials = cloud.provider(workloadIdentity(), null);
    cloud.tokens.answer(new TokenLookup.Unavailable());

    String message = assertUnavailable(credentials.current());

    assertTrue(message.contains("for a token of ServiceAccount shop/team."), message);
  }

  @Test
  void shouldNotSendATokenThatIsTooLongForSts() {
    CredentialProvider credentials = cloud.provider(workloadIdentity(), null);
    cloud.tokens.answer(new TokenLookup.Issued("x".repeat(20_001)));

    assertTrue(assertUnavailable(credentials.current()).contains("empty or too long for STS"));
    assertEquals(0, cloud.sessions());
  }

  @Test
  @Tag("F97")
  void shouldRecoverWhenTheRoleIsAllowedAgain() {
    // given
    CredentialProvider credentials = cloud.provider(workloadIdentity(), null);
    cloud.simulator.account(PLATFORM).refuseRole("team");
    assertNotIssued(credentials.current());

    // when
    cloud.simulator.account(PLATFORM).allowRole("team");
    cloud.time.pass(Duration.ofSeconds(5));

    // then
    assertReady(credentials.current());
  }
}
