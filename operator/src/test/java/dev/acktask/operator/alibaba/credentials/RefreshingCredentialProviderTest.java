package dev.acktask.operator.alibaba.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class RefreshingCredentialProviderTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private Instant now = START;
  private Duration correction = Duration.ZERO;
  private int asked;
  private Supplier<StsResponse> next = issued("first", HOUR);
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  @Test
  void shouldFetchOnceAtTheFirstCall() {
    RefreshingCredentialProvider credentials = credentials(Runnable::run);

    assertEquals("first", id(credentials.current()));
    assertEquals("first", id(credentials.current()));
    assertEquals(1, asked);
  }

  @Test
  void shouldReturnTheCurrentValueWhileItIsRenewed() {
    RefreshingCredentialProvider credentials = credentials(waiting::add);
    credentials.current();
    waiting.remove().run();
    now = now.plus(Duration.ofMinutes(50));
    next = issued("second", HOUR);

    assertEquals("first", id(credentials.current()));
    assertEquals("first", id(credentials.current()));
    assertEquals(1, waiting.size());
    waiting.remove().run();
    assertEquals("second", id(credentials.current()));
  }

  @Test
  @Tag("F97")
  void shouldRenewWellBeforeTheValueExpires() {
    RefreshingCredentialProvider credentials = credentials(Runnable::run);
    credentials.current();

    now = now.plus(Duration.ofMinutes(39));
    credentials.current();
    assertEquals(1, asked);
    now = now.plus(Duration.ofMinutes(7));
    credentials.current();
    assertEquals(2, asked);
  }

  @Test
  @Tag("F97")
  void shouldKeepTheLastValueUntilItExpiresWhenRenewalFails() {
    RefreshingCredentialProvider credentials = credentials(Runnable::run);
    credentials.current();
    next = RefreshingCredentialProviderTest::failed;

    now = now.plus(Duration.ofMinutes(59));
    assertEquals("first", id(credentials.current()));
    assertEquals(2, asked);

    now = now.plus(Duration.ofMinutes(1));
    assertEquals(
        new CredentialLookup.Missing("There is no session of the role r. STS is down."),
        credentials.current());
  }

  @Test
  @Tag("F97")
  void shouldRecoverWhenStsRecovers() {
    next = RefreshingCredentialProviderTest::failed;
    RefreshingCredentialProvider credentials = credentials(Runnable::run);
    assertInstanceOf(CredentialLookup.Missing.class, credentials.current());
    next = issued("later", HOUR);

    now = now.plus(Duration.ofSeconds(5));

    assertEquals("later", id(credentials.current()));
  }

  @Test
  @Tag("F97")
  void shouldFetchAgainAfterThePauseWhenTheClockIsSetBackMeanwhile() {
    next = RefreshingCredentialProviderTest::failed;
    RefreshingCredentialProvider credentials = credentials(Runnable::run);
    credentials.current();
    correction = Duration.ofHours(-1);
    next = issued("later", HOUR);

    now = now.plus(Duration.ofSeconds(5));

    assertEquals("later", id(credentials.current()));
  }

  @Test
  @Tag("F97")
  void shouldReplaceAHangingFetchWhenTheClockIsSetBackMeanwhile() {
    RefreshingCredentialProvider credentials = credentials(waiting::add);
    credentials.current();
    waiting.remove();
    correction = Duration.ofHours(-1);

    now = now.plus(Duration.ofSeconds(61));
    credentials.current();
    waiting.remove().run();

    assertEquals("first", id(credentials.current()));
  }

  @Test
  @Tag("F97")
  void shouldRenewARefusedSessionWhenTheClockIsSetBackMeanwhile() {
    RefreshingCredentialProvider credentials = credentials(Runnable::run);
    Credential refused = ready(credentials.current());
    correction = Duration.ofHours(-1);
    next = issued("second", Duration.ofHours(3));

    now = now.plus(Duration.ofMinutes(1));
    credentials.refused(refused);

    assertEquals("second", id(credentials.current()));
  }

  @Test
  @Tag("F97")
  void shouldRenewAtOnceWhenTheClockIsSetPastTheEndOfTheSession() {
    RefreshingCredentialProvider credentials = credentials(Runnable::run);
    credentials.current();
    correction = Duration.ofHours(2);
    next = issued("second", Duration.ofHours(4));

    now = now.plus(Duration.ofMinutes(1));

    assertEquals("second", id(credentials.current()));
  }

  @Test
  @Tag("F99")
  void shouldCallStsRarelyWhenItKeepsFailing() {
    next = RefreshingCredentialProviderTest::failed;
    RefreshingCredentialProvider credentials = credentials(Runnable::run);

    for (int second = 0; second < 3_600; second++) {
      credentials.current();
      now = now.plusSeconds(1);
    }

    assertTrue(asked > 10 && asked < 25, "asked " + asked + " times in an hour");
  }

  @Test
  void shouldRenewSoonerWhenTheCloudRefusesTheValue() {
    RefreshingCredentialProvider credentials = credentials(Runnable::run);
    Credential refused = ready(credentials.current());
    next = issued("second", HOUR);

    for (int poll = 0; poll < 100; poll++) {
      credentials.refused(refused);
      credentials.current();
    }
    assertEquals(1, asked);

    now = now.plus(Duration.ofMinutes(1));
    assertEquals("second", id(credentials.current()));
    credentials.refused(refused);
    now = now.plus(Duration.ofMinutes(2));
    assertEquals("second", id(credentials.current()));
    assertEquals(2, asked);
  }

  @Test
  void shouldFetchAgainWhenAFetchHangs() {
    RefreshingCredentialProvider credentials = credentials(waiting::add);
    assertInstanceOf(CredentialLookup.Missing.class, credentials.current());
    Runnable hanging = waiting.remove();

    now = now.plus(Duration.ofSeconds(30));
    credentials.current();
    assertEquals(0, waiting.size());
    now = now.plus(Duration.ofSeconds(31));
    credentials.current();
    waiting.remove().run();
    assertEquals("first", id(credentials.current()));

    next = RefreshingCredentialProviderTest::failed;
    hanging.run();
    assertEquals("first", id(credentials.current()));
  }

  @Test
  void shouldRefuseASessionThatIsAlreadyOver() {
    next = issued("old", Duration.ZERO);

    assertInstanceOf(CredentialLookup.Missing.class, credentials(Runnable::run).current());
  }

  @Test
  void shouldKeepTheInterruptWhenInterruptedWhileWaiting() {
    RefreshingCredentialProvider credentials = credentials(waiting::add);
    Thread.currentThread().interrupt();

    assertInstanceOf(CredentialLookup.Missing.class, credentials.current());
    assertTrue(Thread.interrupted());
  }

  @Test
  void shouldReportNothingOfAnUnexpectedFailure() {
    next = RefreshingCredentialProviderTest::thrown;

    assertFalse(credentials(Runnable::run).current().toString().contains("CANARY"));
  }

  private RefreshingCredentialProvider credentials(Executor background) {
    return new RefreshingCredentialProvider(
        () -> {
          asked++;
          return next.get();
        },
        "the role r",
        () -> now.plus(correction),
        () -> Duration.between(START, now).toNanos(),
        background,
        new Random(1),
        Duration.ofMillis(1));
  }

  private Supplier<StsResponse> issued(String id, Duration life) {
    StsResponse session =
        new StsResponse.Issued(
            (CredentialLookup.Ready) Credential.parse(id, "secret", "token"), now.plus(life));
    return () -> session;
  }

  private static StsResponse failed() {
    return new StsResponse.NotIssued("STS is down.");
  }

  private static StsResponse thrown() {
    throw new IllegalStateException("CANARY");
  }

  private static Credential ready(CredentialLookup lookup) {
    return assertInstanceOf(CredentialLookup.Ready.class, lookup).credential();
  }

  private static String id(CredentialLookup lookup) {
    return ready(lookup).accessKeyId();
  }
}
