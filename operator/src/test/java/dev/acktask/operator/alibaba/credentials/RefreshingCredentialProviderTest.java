package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertMissing;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertNotIssued;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertReady;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertRefused;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertUnavailable;
import static dev.acktask.operator.alibaba.credentials.SimulatedSts.HOUR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.task.TaskLookup.Unavailable.Failure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RefreshingCredentialProviderTest {
  private final SimulatedSts sts = new SimulatedSts();

  @Test
  void shouldFetchOnceAtTheFirstCall() {
    RefreshingCredentialProvider credentials = sts.provider();

    assertEquals("first", id(credentials));
    assertEquals("first", id(credentials));
    assertEquals(1, sts.fetches());
  }

  @Test
  void shouldReturnTheCurrentValueWhileItIsRenewed() {
    // given
    RefreshingCredentialProvider credentials = sts.queuedProvider();
    credentials.current();
    sts.runQueued();
    sts.pass(Duration.ofMinutes(50));
    sts.issue("second", HOUR);

    // then
    assertEquals("first", id(credentials));
    assertEquals("first", id(credentials));
    assertEquals(1, sts.queued());

    // when
    sts.runQueued();

    // then
    assertEquals("second", id(credentials));
  }

  @Test
  @Tag("F97")
  void shouldRenewWellBeforeTheValueExpires() {
    // given
    RefreshingCredentialProvider credentials = sts.provider();
    credentials.current();

    // when
    sts.pass(Duration.ofMinutes(39));
    credentials.current();

    // then
    assertEquals(1, sts.fetches());

    // when
    sts.pass(Duration.ofMinutes(7));
    credentials.current();

    // then
    assertEquals(2, sts.fetches());
  }

  @Test
  @Tag("F97")
  void shouldKeepTheLastValueUntilItExpiresWhenRenewalFails() {
    // given
    RefreshingCredentialProvider credentials = sts.provider();
    credentials.current();
    sts.fail();

    // when
    sts.pass(Duration.ofMinutes(59));

    // then
    assertEquals("first", id(credentials));
    assertEquals(2, sts.fetches());

    // when
    sts.pass(Duration.ofMinutes(1));

    // then
    assertEquals(
        new CredentialLookup.Unavailable(
            Failure.API_UNAVAILABLE, "There is no session of the role r. STS is down."),
        credentials.current());
  }

  @Test
  @Tag("F97")
  void shouldRecoverWhenStsRecovers() {
    sts.fail();
    RefreshingCredentialProvider credentials = sts.provider();
    assertUnavailable(credentials.current());

    sts.issue("later", HOUR);
    sts.pass(Duration.ofSeconds(5));

    assertEquals("later", id(credentials));
  }

  @Test
  @Tag("F99")
  void shouldCallStsRarelyWhenItKeepsFailing() {
    sts.fail();
    RefreshingCredentialProvider credentials = sts.provider();

    for (int second = 0; second < 3_600; second++) {
      credentials.current();
      sts.pass(Duration.ofSeconds(1));
    }

    assertTrue(sts.fetches() > 50 && sts.fetches() < 90, sts.fetches() + " fetches in an hour");
  }

  @Test
  void shouldRenewSoonerWhenTheCloudRefusesTheValue() {
    // given
    RefreshingCredentialProvider credentials = sts.provider();
    Credential refused = assertReady(credentials.current());
    sts.issue("second", HOUR);

    // when
    for (int poll = 0; poll < 100; poll++) {
      credentials.reportRefused(refused);
      credentials.current();
    }

    // then
    assertEquals(1, sts.fetches());

    // when
    sts.pass(Duration.ofMinutes(1));

    // then
    assertEquals("second", id(credentials));

    // when: a late report about the replaced value
    credentials.reportRefused(refused);
    sts.pass(Duration.ofMinutes(2));

    // then
    assertEquals("second", id(credentials));
    assertEquals(2, sts.fetches());
  }

  @Test
  void shouldFetchAgainWhenAFetchHangs() {
    // given
    RefreshingCredentialProvider credentials = sts.queuedProvider();
    assertUnavailable(credentials.current());
    Runnable hanging = sts.takeQueued();

    // when
    sts.pass(Duration.ofSeconds(30));
    credentials.current();

    // then
    assertEquals(0, sts.queued());

    // when
    sts.pass(Duration.ofSeconds(31));
    credentials.current();
    sts.runQueued();

    // then
    assertEquals("first", id(credentials));

    // when
    sts.fail();
    hanging.run();

    // then
    assertEquals("first", id(credentials));
  }

  @Test
  void shouldRefuseAnExpiredSession() {
    sts.issue("old", Duration.ZERO);

    assertNotIssued(sts.provider().current());
  }

  @Test
  void shouldKeepTheInterruptWhenInterruptedWhileWaiting() {
    RefreshingCredentialProvider credentials = sts.queuedProvider();
    Thread.currentThread().interrupt();

    assertUnavailable(credentials.current());
    assertTrue(Thread.interrupted());
  }

  @Test
  void shouldNotQuoteAnUnexpectedException() {
    sts.fail(new IllegalStateException("CANARY"));

    assertFalse(sts.provider().current().toString().contains("CANARY"));
  }

  @Test
  void shouldReportARefusedRoleAsNotIssuedUntilItIsAllowed() {
    // given
    sts.respond(new StsResponse.Refused("It answered with the error NoPermission."));
    RefreshingCredentialProvider credentials = sts.provider();

    // then
    assertEquals(
        "There is no session of the role r. It answered with the error NoPermission.",
        assertNotIssued(credentials.current()));

    // when
    sts.issue("later", HOUR);
    sts.pass(Duration.ofSeconds(5));

    // then
    assertEquals("later", id(credentials));
  }

  @Test
  @Tag("F99")
  void shouldCallStsSixTimesAMinuteWhileItRefusesTheKey() {
    sts.respond(new StsResponse.KeyRefused("It answered with the error InvalidAccessKeyId."));
    RefreshingCredentialProvider credentials = sts.provider();

    for (int second = 0; second < 60; second++) {
      assertRefused(credentials.current());
      sts.pass(Duration.ofSeconds(1));
    }

    assertEquals(6, sts.fetches());
  }

  @Test
  void shouldAskForTheTokenOrKeyAgainEveryFiveSecondsHoweverLongItWasMissing() {
    // given
    sts.respond(new StsResponse.NoToken("There is no ServiceAccount team."));
    RefreshingCredentialProvider credentials = sts.provider();
    for (int second = 0; second < 600; second++) {
      assertNotIssued(credentials.current());
      sts.pass(Duration.ofSeconds(1));
    }

    // then
    assertEquals(120, sts.fetches());

    // when
    sts.respond(new StsResponse.NoKey(new CredentialLookup.Missing("There is no Secret key.")));
    sts.pass(Duration.ofSeconds(5));

    // then
    assertEquals("There is no Secret key.", assertMissing(credentials.current()));

    // when
    sts.issue("later", HOUR);
    sts.pass(Duration.ofSeconds(5));

    // then
    assertEquals("later", id(credentials));
  }

  @Test
  void shouldNameTheAccountOnceASessionWasIssued() {
    RefreshingCredentialProvider credentials = sts.provider();
    assertEquals(Optional.empty(), credentials.account());

    credentials.current();

    assertEquals(Optional.of(SimulatedSts.ACCOUNT), credentials.account());
  }

  private static String id(RefreshingCredentialProvider credentials) {
    return assertReady(credentials.current()).accessKeyId();
  }
}
