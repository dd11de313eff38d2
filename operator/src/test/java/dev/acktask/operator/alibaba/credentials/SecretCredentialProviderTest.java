package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertInvalid;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertMissing;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.identity.SecretSource.SecretLookup;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a key of a Secret is used, and when the Secret is read again. */
final class SecretCredentialProviderTest {
  private final TestTime time = new TestTime();
  private final FakeSecrets secrets = new FakeSecrets();
  private final SecretCredentialProvider credentials =
      new SecretCredentialProvider(
          secrets, new AccessKeySecret("shop", "alibaba"), time.timing(), Duration.ofMillis(1));

  @Test
  void shouldReadTheSecretOnceInThirtySeconds() {
    put("id");

    for (int second = 0; second < 60; second++) {
      assertEquals("id", id());
      time.pass(Duration.ofSeconds(1));
    }

    assertEquals(2, secrets.reads().size());
  }

  @Test
  @Tag("F98")
  void shouldReadOnlyTheNamedSecret() {
    put("id");

    id();

    assertEquals(List.of("shop/alibaba"), secrets.reads());
  }

  @Test
  @Tag("F95")
  void shouldUseAReplacedKeyWithinThirtySeconds() {
    put("old");
    assertEquals("old", id());

    put("new");
    time.pass(Duration.ofSeconds(30));

    assertEquals("new", id());
  }

  @Test
  @Tag("F95")
  void shouldUseAReplacedKeyAtOnceWhenTheOldOneIsRefused() {
    put("old");
    Credential old = assertReady(credentials.current());
    put("new");
    time.pass(Duration.ofSeconds(6));

    credentials.reportRefused(old);

    assertEquals("new", id());
  }

  @Test
  @Tag("F99")
  void shouldReadARefusedKeyAtMostEveryFiveSeconds() {
    put("bad");

    for (int tenth = 0; tenth < 600; tenth++) {
      credentials.reportRefused(assertReady(credentials.current()));
      time.pass(Duration.ofMillis(100));
    }

    assertEquals(12, secrets.reads().size());
  }

  @Test
  void shouldIgnoreALateReportAboutAReplacedKey() {
    // given
    put("old");
    Credential old = assertReady(credentials.current());
    put("new");
    time.pass(Duration.ofSeconds(30));
    assertEquals("new", id());

    // when
    time.pass(Duration.ofSeconds(6));
    credentials.reportRefused(old);
    id();

    // then
    assertEquals(2, secrets.reads().size());
  }

  @Test
  void shouldKeepTheInstanceOfAnUnchangedKey() {
    // given
    put("id");
    Credential first = assertReady(credentials.current());

    // when
    time.pass(Duration.ofSeconds(30));

    // then
    assertSame(first, assertReady(credentials.current()));
    assertEquals(2, secrets.reads().size());

    // when
    secrets.put("shop", "alibaba", "id", "another-secret");
    time.pass(Duration.ofSeconds(30));

    // then
    assertNotSame(first, assertReady(credentials.current()));
  }

  @Test
  @Tag("F96")
  void shouldNotUseAKeyThirtySecondsAfterItsSecretWasDeleted() {
    // given
    put("id");
    assertEquals("id", id());

    // when
    secrets.delete("shop", "alibaba");
    time.pass(Duration.ofSeconds(30));

    // then
    assertTrue(
        assertMissing(credentials.current()).startsWith("There is no Secret named alibaba in"));

    // when
    put("back");
    time.pass(Duration.ofSeconds(5));

    // then
    assertEquals("back", id());
  }

  @Test
  @Tag("F94")
  void shouldReadAMissingOrInvalidSecretEveryFiveSecondsUntilItIsCorrected() {
    // given
    for (int second = 0; second < 60; second++) {
      assertMissing(credentials.current());
      time.pass(Duration.ofSeconds(1));
    }
    assertEquals(12, secrets.reads().size());

    // when
    put("white space inside");

    // then
    assertInvalid(credentials.current());

    // when
    put("id");
    time.pass(Duration.ofSeconds(5));

    // then
    assertEquals("id", id());
  }

  @Test
  @Tag("F98")
  void shouldNotUseATokenOfAServiceAccount() {
    secrets.answer(
        new SecretLookup.Present(
            "kubernetes.io/service-account-token", FakeSecrets.accessKey("id", "secret").data()));

    assertTrue(
        assertInvalid(credentials.current())
            .contains("Secret named alibaba in namespace shop is of type"));
  }

  @Test
  void shouldKeepTheKeyForTenMinutesWhileTheApiServerIsDown() {
    // given
    put("id");
    Credential first = assertReady(credentials.current());
    secrets.answer(new SecretLookup.Unavailable());

    // when
    time.pass(Duration.ofMinutes(10).minusSeconds(1));

    // then
    assertSame(first, assertReady(credentials.current()));

    // when
    time.pass(Duration.ofSeconds(1));

    // then
    assertEquals(
        "The Secret named alibaba in namespace shop could not be read for 10 minutes, because the Kubernetes API server"
            + " gave no answer. Its last value is no longer used.",
        assertMissing(credentials.current()));

    // when
    secrets.recover();
    time.pass(Duration.ofSeconds(5));

    // then
    assertSame(first, assertReady(credentials.current()));
  }

  @Test
  void shouldKeepTheCauseOfAMissingKeyWhileTheApiServerIsDown() {
    String cause = assertMissing(credentials.current());

    secrets.answer(new SecretLookup.Unavailable());
    time.pass(Duration.ofSeconds(5));

    assertEquals(cause, assertMissing(credentials.current()));
  }

  @Test
  void shouldReportThatTheApiServerIsDownBeforeTheFirstAnswer() {
    secrets.answer(new SecretLookup.Unavailable());

    assertTrue(assertMissing(credentials.current()).contains("gave no answer"));
  }

  @Test
  void shouldNotThrowWhenTheSourceDoes() {
    SecretCredentialProvider broken =
        new SecretCredentialProvider(
            (namespace, name) -> {
              throw new IllegalStateException("CANARY");
            },
            new AccessKeySecret("shop", "alibaba"),
            time.timing(),
            Duration.ofMillis(1));

    assertFalse(assertMissing(broken.current()).contains("CANARY"));
  }

  private void put(String accessKeyId) {
    secrets.put("shop", "alibaba", accessKeyId, "secret");
  }

  private String id() {
    return assertReady(credentials.current()).accessKeyId();
  }
}
