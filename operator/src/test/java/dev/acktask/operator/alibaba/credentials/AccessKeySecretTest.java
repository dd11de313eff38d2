package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertInvalid;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertMissing;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertReady;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.identity.SecretSource.SecretLookup;
import dev.acktask.operator.text.SafeText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Secret holds, and the message when it is not an access key. */
final class AccessKeySecretTest {
  private static final AccessKeySecret SECRET = new AccessKeySecret("shop", "alibaba");

  @Test
  void shouldReadTheThreeKeysWithoutWhiteSpaceAroundThem() {
    Credential credential =
        assertReady(
            parse("accessKeyId", " id\n", "accessKeySecret", "secret\r\n", "securityToken", "t\n"));

    assertEquals("id", credential.accessKeyId());
    assertEquals("secret", credential.accessKeySecret());
    assertEquals("t", credential.securityToken());
  }

  @Test
  void shouldNeedNoSecurityToken() {
    assertNull(
        assertReady(parse("accessKeyId", "id", "accessKeySecret", "secret")).securityToken());
  }

  @ParameterizedTest
  @Tag("F94")
  @ValueSource(strings = {"accessKeyId", "accessKeySecret"})
  void shouldNameTheKeyThatIsMissingOrEmpty(String key) {
    Map<String, byte[]> data = accessKey();
    for (String blank : new String[] {"", " \n"}) {
      data.put(key, blank.getBytes(UTF_8));
      assertTrue(
          assertMissing(opaque(data))
              .startsWith(
                  "The key "
                      + key
                      + " of the Secret named alibaba in namespace shop is missing or empty."));
    }
    data.remove(key);

    assertEquals(
        "The key "
            + key
            + " of the Secret named alibaba in namespace shop is missing or empty. Provide both parts"
            + " of the access key.",
        assertMissing(opaque(data)));
  }

  @ParameterizedTest
  @Tag("F94")
  @ValueSource(strings = {"accessKeyId", "accessKeySecret", "securityToken"})
  void shouldNameTheKeyThatIsMalformedAndQuoteNothing(String key) {
    for (byte[] bad :
        new byte[][] {
          "CANARY key".getBytes(UTF_8),
          "\uFEFFCANARY".getBytes(UTF_8),
          "CANARY\u0000".getBytes(UTF_8),
          {'C', 'A', 'N', 'A', 'R', 'Y', (byte) 0xff},
          "CANARY".repeat(4_000).getBytes(UTF_8),
          new byte[32_769],
          new byte[1 << 20],
        }) {
      Map<String, byte[]> data = accessKey();
      data.put(key, bad);

      String message = assertInvalid(opaque(data));

      assertTrue(
          message.startsWith(
              "The key " + key + " of the Secret named alibaba in namespace shop is "),
          message);
      assertFalse(message.contains("CANARY"), message);
    }
  }

  @ParameterizedTest
  @Tag("F98")
  @ValueSource(
      strings = {
        "kubernetes.io/service-account-token",
        "bootstrap.kubernetes.io/token",
        "kubernetes.io/dockerconfigjson",
        "kubernetes.io/tls",
        "helm.sh/release.v1"
      })
  void shouldRefuseASecretThatIsMadeForSomethingElse(String type) {
    String message = assertInvalid(SECRET.parse(new SecretLookup.Present(type, accessKey())));

    assertEquals(
        "The Secret named alibaba in namespace shop is of type \""
            + type
            + "\", which is not meant for access keys. Put the key into a Secret of type Opaque.",
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Opaque", "example.com/access-key"})
  void shouldAcceptTypesThatUsersChoose(String type) {
    assertReady(SECRET.parse(new SecretLookup.Present(type, accessKey())));
  }

  @ParameterizedTest
  @Tag("F94")
  @CsvSource(
      delimiter = '|',
      value = {
        "NotFound | There is no Secret named alibaba in namespace shop. Create it with the keys"
            + " accessKeyId and accessKeySecret, or correct secretRef in the connection.",
        "Forbidden | The operator may not read the Secret named alibaba in namespace shop. Give its"
            + " ServiceAccount the right to get secrets with the resourceNames [alibaba], by a Role"
            + " and a RoleBinding in namespace shop.",
        "Unavailable | The Secret named alibaba in namespace shop cannot be read: the Kubernetes"
            + " API server gave no answer."
      })
  void shouldSayWhatToDoWhenThereIsNoSecret(String lookup, String message) {
    SecretLookup none =
        switch (lookup) {
          case "NotFound" -> new SecretLookup.NotFound();
          case "Forbidden" -> new SecretLookup.Forbidden();
          default -> new SecretLookup.Unavailable();
        };

    assertEquals(message, assertMissing(SECRET.parse(none)));
  }

  @ParameterizedTest
  @CsvSource({"team-1, key1", "team1, prod2026", "shop, ack-account-1", "secrets, token-prod1"})
  void shouldBeNamedInAStatusThatMasksSecrets(String namespace, String name) {
    AccessKeySecret secret = new AccessKeySecret(namespace, name);
    for (SecretLookup lookup :
        List.of(
            new SecretLookup.NotFound(),
            new SecretLookup.Forbidden(),
            new SecretLookup.Unavailable(),
            new SecretLookup.Present("kubernetes.io/tls", accessKey()),
            new SecretLookup.Present("Opaque", Map.of()),
            new SecretLookup.Present("Opaque", Map.of("accessKeyId", new byte[] {-1})))) {
      String message = ((CredentialLookup.NotReady) secret.parse(lookup)).message();

      assertEquals(message, SafeText.MESSAGE.of(message));
    }
  }

  private static Map<String, byte[]> accessKey() {
    return new HashMap<>(FakeSecrets.accessKey("id", "CANARY-secret").data());
  }

  private static CredentialLookup opaque(Map<String, byte[]> data) {
    return SECRET.parse(new SecretLookup.Present("Opaque", data));
  }

  private static CredentialLookup parse(String... pairs) {
    Map<String, byte[]> data = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      data.put(pairs[i], pairs[i + 1].getBytes(UTF_8));
    }
    return opaque(data);
  }
}
