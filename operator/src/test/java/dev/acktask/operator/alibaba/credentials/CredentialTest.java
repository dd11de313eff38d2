package dev.acktask.operator.alibaba.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialTest {
  @Test
  void shouldTrimWhiteSpaceAtTheEnds() {
    Credential credential = ready(Credential.parse(" id\n", "\tsecret\r\n", "token\n"));

    assertEquals("id", credential.accessKeyId());
    assertEquals("secret", credential.accessKeySecret());
    assertEquals("token", credential.securityToken());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "\t\r\n"})
  void shouldBeMissingWhenAPartIsBlank(String blank) {
    assertInstanceOf(CredentialLookup.Missing.class, Credential.parse(blank, "secret", null));
    assertInstanceOf(CredentialLookup.Missing.class, Credential.parse("id", blank, null));
    assertNull(ready(Credential.parse("id", "secret", blank)).securityToken());
  }

  @Test
  void shouldBeMissingWhenAPartIsAbsent() {
    assertInstanceOf(CredentialLookup.Missing.class, Credential.parse(null, "secret", null));
    assertInstanceOf(CredentialLookup.Missing.class, Credential.parse("id", null, null));
  }

  @ParameterizedTest
  @Tag("F94")
  @ValueSource(strings = {"a b", "a\nb", "a\u0000b", "é", "a\u007f", "中", "\ufffd", "a\u00a0b"})
  void shouldBeInvalidWhenAPartCannotBeAHeader(String bad) {
    assertInstanceOf(CredentialLookup.Invalid.class, Credential.parse(bad, "secret", null));
    assertInstanceOf(CredentialLookup.Invalid.class, Credential.parse("id", bad, null));
    assertInstanceOf(CredentialLookup.Invalid.class, Credential.parse("id", "secret", bad));
  }

  @Test
  @Tag("F94")
  void shouldBeInvalidWhenAPartIsHuge() {
    String huge = "x".repeat(1 << 20);

    assertInstanceOf(CredentialLookup.Invalid.class, Credential.parse(huge, "secret", null));
    assertInstanceOf(CredentialLookup.Invalid.class, Credential.parse("id", huge, null));
    assertInstanceOf(CredentialLookup.Invalid.class, Credential.parse("id", "secret", huge));
  }

  @Test
  void shouldPrintNoPartOfItself() {
    CredentialLookup lookup = Credential.parse("CANARY-id", "CANARY-secret", "CANARY-token");

    assertFalse(lookup.toString().contains("CANARY"));
    assertFalse(Credential.parse("CANARY id", "CANARY", null).toString().contains("CANARY"));
  }

  private static Credential ready(CredentialLookup lookup) {
    return assertInstanceOf(CredentialLookup.Ready.class, lookup).credential();
  }
}
