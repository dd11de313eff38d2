package dev.acktask.operator.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.acktask.operator.identity.SecretSource.SecretLookup;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of one Secret, by the client that the operator uses for them. */
final class KubernetesSecretsTest {
  private final IdentityServer server;
  private final KubernetesClient client;
  private final KubernetesSecrets secrets;

  KubernetesSecretsTest() throws IOException {
    server = new IdentityServer();
    client = KubernetesClients.forIdentities();
    secrets = new KubernetesSecrets(client);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  @Tag("F98")
  void shouldReadOneSecretByItsName() {
    // given
    server.answerJson(200, secret("shop", "alibaba"));

    // when
    SecretLookup.Present present =
        assertInstanceOf(SecretLookup.Present.class, secrets.read("shop", "alibaba"));

    // then
    assertEquals(List.of("GET /api/v1/namespaces/shop/secrets/alibaba"), server.requests());
    assertEquals("Opaque", present.type());
    assertEquals(Set.of("accessKeyId", "binary", "empty"), present.data().keySet());
    assertArrayEquals("CANARY-id".getBytes(UTF_8), present.data().get("accessKeyId"));
    assertArrayEquals(new byte[] {0, (byte) 0xff}, present.data().get("binary"));
    assertArrayEquals(new byte[0], present.data().get("empty"));
  }

  @Test
  void shouldReadASecretWithoutData() {
    server.answerJson(
        200,
        """
        {"apiVersion": "v1", "kind": "Secret",
         "metadata": {"name": "alibaba", "namespace": "shop"}}
        """);

    assertEquals(new SecretLookup.Present("", Map.of()), secrets.read("shop", "alibaba"));
  }

  @Test
  void shouldReadTheLargestSecret() {
    server.answerJson(200, secret("shop", "alibaba").replace("AP8=", "A".repeat(1 << 20)));

    SecretLookup.Present present =
        assertInstanceOf(SecretLookup.Present.class, secrets.read("shop", "alibaba"));

    assertEquals((1 << 20) / 4 * 3, present.data().get("binary").length);
  }

  @ParameterizedTest
  @CsvSource({
    "404, NotFound, NotFound",
    "403, Forbidden, Forbidden",
    "401, Unauthorized, Unavailable",
    "429, TooManyRequests, Unavailable",
    "500, InternalError, Unavailable",
    "503, ServiceUnavailable, Unavailable"
  })
  void shouldClassifyTheRefusalsOfTheApiServer(int code, String reason, String expected) {
    server.refuse(code, reason);

    SecretLookup lookup = secrets.read("shop", "alibaba");

    assertEquals(expected, lookup.getClass().getSimpleName());
  }

  @ParameterizedTest
  @CsvSource({"200", "302", "403", "404", "502"})
  void shouldNotTakeTheAnswerOfAProxyForThatOfTheApiServer(int code) {
    server.answer(code, "text/html", "<html>CANARY</html>");

    assertEquals(new SecretLookup.Unavailable(), secrets.read("shop", "alibaba"));
  }

  @ParameterizedTest
  @CsvSource({"other, alibaba", "shop, other"})
  @Tag("F98")
  void shouldNotUseAnotherSecretThanTheOneAskedFor(String namespace, String name) {
    server.answerJson(200, secret(namespace, name));

    assertEquals(new SecretLookup.Unavailable(), secrets.read("shop", "alibaba"));
  }

  @Test
  void shouldBeUnavailableWhenAValueIsNotBase64() {
    server.answerJson(200, secret("shop", "alibaba").replace("AP8=", "CANARY-"));

    assertEquals(new SecretLookup.Unavailable(), secrets.read("shop", "alibaba"));
  }

  @ParameterizedTest
  @Tag("F98")
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../../other/secrets/key",
        "..%2F..%2Fother%2Fsecrets%2Fkey",
        "key?watch=true",
        "key#",
        "KEY",
        "a b",
        "key/",
        "key\n"
      })
  void shouldRequestNothingForANameThatNoObjectHas(String name) {
    assertEquals(new SecretLookup.NotFound(), secrets.read("shop", name));
    assertEquals(new SecretLookup.NotFound(), secrets.read(name, "alibaba"));
    assertEquals(List.of(), server.requests());
  }

  @Test
  void shouldBeUnavailableWhenTheApiServerIsDown() {
    server.stop();

    assertEquals(new SecretLookup.Unavailable(), secrets.read("shop", "alibaba"));
  }

  @Test
  void shouldHoldNoValueInItsTextForm() {
    server.answerJson(200, secret("shop", "alibaba"));

    assertFalse(secrets.read("shop", "alibaba").toString().contains("CANARY"));
  }

  private static String secret(String namespace, String name) {
    return """
    {"apiVersion": "v1", "kind": "Secret", "type": "Opaque",
     "metadata": {"name": "%s", "namespace": "%s", "labels": {"a": "b"}, "finalizers": ["c"]},
     "data": {"accessKeyId": "%s", "binary": "AP8=", "empty": ""}}
    """
        .formatted(
            name, namespace, Base64.getEncoder().encodeToString("CANARY-id".getBytes(UTF_8)));
  }
}
