package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertInvalid;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertMissing;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialTest {
  @Test
  void shouldTrimWhitespace() {
    Credential credential = assertReady(Credential.parse(" id\n", "\tsecret\r\n", "token\n"));

    assertEquals("id", credential.accessKeyId());
    assertEquals("secret", credential.accessKeySecret());
    assertEquals("token", credential.securityToken());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "\t\r\n"})
  void shouldBeMissingWhenAPartIsBlank(String blank) {
    assertMissing(Credential.parse(blank, "secret", null));
    assertMissing(Credential.parse("id", blank, null));
    assertNull(assertReady(Credential.parse("id", "secret", blank)).securityToken());
  }

  @Test
  void shouldBeMissingWhenAPartIsAbsent() {
    assertMissing(Credential.parse(null, "secret", null));
    assertMissing(Credential.parse("id", null, null));
  }

  @ParameterizedTest
  @Tag("F94")
  @ValueSource(strings = {"a b", "a\nb", "a\u0000b", "é", "a\u007f", "中", "\ufffd", "a\u00a0b"})
  void shouldBeInvalidWhenAPartCannotBeAHeader(String bad) {
    assertInvalid(Credential.parse(bad, "secret", null));
    assertInvalid(Credential.parse("id", bad, null));
    assertInvalid(Credential.parse("id", "secret", bad));
  }

  @Test
  @Tag("F94")
  void shouldBeInvalidWhenAPartIsHuge() {
    String huge = "x".repeat(1 << 20);

    assertInvalid(Credential.parse(huge, "secret", null));
    assertInvalid(Credential.parse("id", huge, null));
    assertInvalid(Credential.parse("id", "secret", huge));
  }

  @Test
  void shouldRevealNothingAsText() {
    CredentialLookup lookup = Credential.parse("CANARY-id", "CANARY-secret", "CANARY-token");

    assertFalse(lookup.toString().contains("CANARY"));
    assertFalse(Credential.parse("CANARY id", "CANARY", null).toString().contains("CANARY"));
  }
}
