package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertReady;
import static dev.acktask.operator.alibaba.credentials.SimulatedSts.HOUR;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session is renewed in time although the wall clock is set during its life. */
final class RefreshingCredentialProviderClockTest {
  private final SimulatedSts sts = new SimulatedSts();

  @Test
  @Tag("F97")
  void shouldFetchAgainAfterThePauseWhenTheClockIsSetBack() {
    // given
    sts.fail();
    RefreshingCredentialProvider credentials = sts.provider();
    credentials.current();
    sts.issue("later", HOUR);

    // when
    sts.setClock(Duration.ofHours(-1));
    sts.pass(Duration.ofSeconds(5));

    // then
    assertEquals("later", id(credentials));
  }

  @Test
  @Tag("F97")
  void shouldReplaceAHangingFetchWhenTheClockIsSetBack() {
    // given
    RefreshingCredentialProvider credentials = sts.queuedProvider();
    credentials.current();
    sts.takeQueued();

    // when
    sts.setClock(Duration.ofHours(-1));
    sts.pass(Duration.ofSeconds(61));
    credentials.current();
    sts.runQueued();

    // then
    assertEquals("first", id(credentials));
  }

  @Test
  @Tag("F97")
  void shouldRenewARefusedSessionWhenTheClockIsSetBack() {
    // given
    RefreshingCredentialProvider credentials = sts.provider();
    Credential refused = assertReady(credentials.current());
    sts.issue("second", Duration.ofHours(3));

    // when
    sts.setClock(Duration.ofHours(-1));
    sts.pass(Duration.ofMinutes(1));
    credentials.reportRefused(refused);

    // then
    assertEquals("second", id(credentials));
  }

  @Test
  @Tag("F97")
  void shouldRenewAtOnceWhenTheClockIsSetPastTheEndOfTheSession() {
    RefreshingCredentialProvider credentials = sts.provider();
    credentials.current();
    sts.issue("second", Duration.ofHours(4));

    sts.setClock(Duration.ofHours(2));
    sts.pass(Duration.ofMinutes(1));

    assertEquals("second", id(credentials));
  }

  private static String id(RefreshingCredentialProvider credentials) {
    return assertReady(credentials.current()).accessKeyId();
  }
}
