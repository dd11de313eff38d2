package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertInvalid;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertMissing;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertNotIssued;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertReady;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertRefused;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertUnavailable;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.PLATFORM;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.READER;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.SHOP;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.reader;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.secretOfPlatform;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.state;
import static dev.acktask.operator.alibaba.credentials.SimulatedAccounts.workloadIdentity;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.alibaba.LookupAssertions;
import dev.acktask.operator.task.TaskLookup.Rejected.Refusal;
import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A role that another identity assumes, against an STS that verifies signatures and trust. */
final class RoleConnectionTest {
  @AutoClose private final SimulatedAccounts cloud = new SimulatedAccounts();

  @Test
  void shouldPollInTheAccountOfTheRoleWithTheKeyOfASecret() {
    CredentialProvider credentials = cloud.provider(secretOfPlatform(), reader());

    assertEquals("running", state(cloud.poll(credentials)));
    assertEquals(List.of(PLATFORM, SHOP), cloud.served());
    assertEquals(Optional.of(SHOP), credentials.account());
  }

  @Test
  void shouldPollInTheAccountOfTheRoleWithTheOperatorsIdentity() {
    CredentialProvider credentials =
        cloud.provider(new CredentialSource.OperatorIdentity(), reader());

    assertEquals("running", state(cloud.poll(credentials)));
    assertEquals(List.of(PLATFORM, SHOP), cloud.served());
  }

  @Test
  void shouldPollInTheAccountOfTheRoleWithASessionOfAnotherRole() {
    CredentialProvider credentials = cloud.provider(workloadIdentity(), reader());

    assertEquals("running", state(cloud.poll(credentials)));
    assertEquals(List.of(PLATFORM, PLATFORM, SHOP), cloud.served());
    assertEquals(Optional.of(SHOP), credentials.account());
  }

  @Test
  void shouldSendNoParameterInTheUrl() {
    cloud.poll(cloud.provider(secretOfPlatform(), reader()));

    assertEquals("POST / HTTP/1.1", cloud.simulator.served().getFirst().requestLine());
  }

  @Test
  void shouldUseTheOperatorsIdentityAsItIsWithoutARole() {
    CredentialProvider credentials = cloud.provider(new CredentialSource.OperatorIdentity(), null);

    assertEquals("platformKey", assertReady(credentials.current()).accessKeyId());
    assertEquals(0, cloud.sessions());
  }

  @Test
  void shouldNameTheRoleAndTheIdentityWhenTheExternalIdIsWrong() {
    // given
    CredentialProvider credentials =
        cloud.provider(secretOfPlatform(), AssumedRole.of(READER.toString(), "s1", "CANARY-other"));

    // when
    LookupAssertions.rejected(Refusal.ROLE_NOT_ASSUMABLE, cloud.poll(credentials));
    String message = assertNotIssued(credentials.current());

    // then
    assertTrue(message.startsWith("There is no session of the role " + READER + " from "), message);
    assertTrue(message.contains("the error NoPermission."), message);
    assertTrue(
        message.contains("the access key in the Secret named platform in namespace acktask-system"),
        message);
    assertFalse(message.contains("CANARY"), message);
  }

  @Test
  @Tag("F97")
  void shouldRenewTheSessionBeforeItExpires() {
    CredentialProvider credentials = cloud.provider(secretOfPlatform(), reader());

    for (int minute = 0; minute < 180; minute++) {
      assertEquals("running", state(cloud.poll(credentials)));
      cloud.time.pass(Duration.ofMinutes(1));
    }

    long sessions = cloud.sessions();
    assertTrue(sessions >= 4 && sessions <= 5, sessions + " sessions in three hours");
  }

  @Test
  @Tag("F97")
  void shouldUseTheSessionUntilItExpiresWhenTheRoleIsRefused() {
    // given
    CredentialProvider credentials = cloud.provider(secretOfPlatform(), reader());
    cloud.poll(credentials);
    cloud.simulator.account(SHOP).refuseRole("reader");

    // when
    cloud.time.pass(Duration.ofMinutes(59));

    // then
    assertEquals("running", state(cloud.poll(credentials)));

    // when
    cloud.time.pass(Duration.ofMinutes(1));

    // then
    LookupAssertions.rejected(Refusal.ROLE_NOT_ASSUMABLE, cloud.poll(credentials));

    // when
    cloud.simulator.account(SHOP).allowRole("reader");
    cloud.time.pass(Duration.ofMinutes(1));

    // then
    assertEquals("running", state(cloud.poll(credentials)));
  }

  @Test
  @Tag("F97")
  void shouldUseShortSessionsOfTheSts() {
    // given
    cloud.simulator.sessionLifetime(Duration.ofMinutes(3));
    CredentialProvider credentials = cloud.provider(secretOfPlatform(), reader());

    // then
    for (int poll = 0; poll < 80; poll++) {
      assertEquals("running", state(cloud.poll(credentials)));
      cloud.time.pass(Duration.ofSeconds(15));
    }
    assertTrue(cloud.sessions() <= 11, cloud.sessions() + " sessions in 20 minutes");
  }

  @Test
  @Tag("F95")
  void shouldSignWithTheReplacedKeyWhenStsRefusesTheOldOne() {
    // given
    CredentialProvider credentials = cloud.provider(secretOfPlatform(), reader());
    cloud.poll(credentials);
    cloud.simulator.account(PLATFORM).putKey(AccessKey.of("newKey", "CANARY-new"));
    cloud.simulator.account(PLATFORM).removeKey("platformKey");

    // when
    cloud.time.pass(Duration.ofSeconds(50 * 60 - 10));
    cloud.poll(credentials);
    cloud.time.pass(Duration.ofSeconds(10));
    cloud.secrets.put("acktask-system", "platform", "newKey", "CANARY-new");

    // then
    for (int poll = 0; poll < 80; poll++) {
      assertEquals("running", state(cloud.poll(credentials)));
      cloud.time.pass(Duration.ofSeconds(15));
    }
  }

  @Test
  void shouldReportARefusedKeyAndRecoverWhenTheSecretIsCorrected() {
    // given
    cloud.secrets.put("acktask-system", "platform", "removedKey", "CANARY-removed");
    CredentialProvider credentials = cloud.provider(secretOfPlatform(), reader());

    // when
    LookupAssertions.rejected(Refusal.UNAUTHORIZED, cloud.poll(credentials));

    // then
    String message = assertRefused(credentials.current());
    assertTrue(message.contains("InvalidAccessKeyId.NotFound"), message);
    assertTrue(
        message.contains("the access key in the Secret named platform in namespace acktask-system"),
        message);
    assertFalse(message.contains("removedKey"), message);

    // when
    cloud.secrets.put("acktask-system", "platform", "platformKey", "CANARY-platform");
    cloud.time.pass(Duration.ofSeconds(15));

    // then
    assertEquals("running", state(cloud.poll(credentials)));
  }

  @Test
  @Tag("F94")
  void shouldReportTheSecretThatIsMissingOrMalformedUntilItIsCorrected() {
    // given
    CredentialProvider credentials = cloud.provider(secretOfPlatform(), reader());
    cloud.secrets.delete("acktask-system", "platform");

    // then
    assertTrue(
        assertMissing(credentials.current()).contains("no Secret named platform in namespace"));

    // when
    cloud.secrets.put("acktask-system", "platform", "platform key", "CANARY-platform");
    cloud.time.pass(Duration.ofSeconds(5));

    // then
    assertTrue(assertInvalid(credentials.current()).contains("Secret named platform in namespace"));
    assertEquals(0, cloud.sessions());

    // when
    cloud.secrets.put("acktask-system", "platform", "platformKey", "CANARY-platform");
    cloud.time.pass(Duration.ofSeconds(15));

    // then
    assertEquals("running", state(cloud.poll(credentials)));
  }

  @Test
  void shouldReportAThrottlingStsAsAnOutageAndRecover() {
    // given
    CredentialProvider credentials = cloud.provider(secretOfPlatform(), reader());
    cloud.simulator.account(PLATFORM).throttle(Duration.ofSeconds(2));

    // then
    String message = assertUnavailable(credentials.current());
    assertTrue(message.contains("the error Throttling.User."), message);

    // when
    cloud.simulator.account(PLATFORM).recover();
    cloud.time.pass(Duration.ofSeconds(5));

    // then
    assertEquals("running", state(cloud.poll(credentials)));
  }

  @Test
  @Tag("F97")
  void shouldPollThroughAnOutageOfStsWhileTheSessionIsValid() {
    // given
    CredentialProvider credentials = cloud.provider(secretOfPlatform(), reader());
    cloud.poll(credentials);
    cloud.simulator.account(PLATFORM).outage(Response.error(503, "ServiceUnavailable", "m"));

    // when
    cloud.time.pass(Duration.ofMinutes(59));

    // then
    assertEquals("running", state(cloud.poll(credentials)));
    assertEquals(2, cloud.sessions());
  }

  @Test
  void shouldRenewASessionThatTheApiRefuses() {
    // given
    CredentialProvider credentials = cloud.provider(secretOfPlatform(), reader());
    Credential first = assertReady(credentials.current());

    // when
    cloud.time.pass(Duration.ofMinutes(1));
    credentials.reportRefused(first);

    // then
    assertFalse(first.isSameAs(assertReady(credentials.current())));
  }
}
