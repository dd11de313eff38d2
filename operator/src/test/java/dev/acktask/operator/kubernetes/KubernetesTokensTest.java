package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.identity.TokenSource.TokenLookup;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for a token of one ServiceAccount, by the client that the operator uses for them. */
final class KubernetesTokensTest {
  private static final String ISSUED =
      """
      {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
       "metadata": {"name": "team", "namespace": "shop"},
       "spec": {"audiences": ["sts.aliyuncs.com"], "expirationSeconds": 600},
       "status": {"token": "header.CANARY.signature", "expirationTimestamp": "2026-01-02T03:14:05Z"}}
      """;

  private final IdentityServer server;
  private final KubernetesClient client;
  private final KubernetesTokens tokens;

  KubernetesTokensTest() throws IOException {
    server = new IdentityServer();
    client = KubernetesClients.forIdentities();
    tokens = new KubernetesTokens(client);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void shouldRequestAShortTokenForTheAudienceAlone() throws IOException {
    // given
    server.answerJson(201, ISSUED);

    // when
    TokenLookup lookup = request("team");

    // then
    String request = server.requests().getFirst();
    String head = "POST /api/v1/namespaces/shop/serviceaccounts/team/token ";
    assertEquals(new TokenLookup.Issued("header.CANARY.signature"), lookup);
    assertFalse(lookup.toString().contains("CANARY"));
    assertTrue(request.startsWith(head), request);
    JsonNode sent = new ObjectMapper().readTree(request.substring(head.length()));
    assertEquals("[\"sts.aliyuncs.com\"]", sent.at("/spec/audiences").toString());
    assertEquals(600, sent.at("/spec/expirationSeconds").asInt());
  }

  @ParameterizedTest
  @CsvSource({
    "404, NotFound, NotFound",
    "403, Forbidden, Forbidden",
    "401, Unauthorized, Unavailable",
    "500, InternalError, Unavailable"
  })
  void shouldClassifyTheRefusalsOfTheApiServer(int code, String reason, String expected) {
    server.refuse(code, reason);

    assertEquals(expected, request("team").getClass().getSimpleName());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 403, 404, 502})
  void shouldNotTakeTheAnswerOfAProxyForThatOfTheApiServer(int code) {
    server.answer(code, "text/html", "<html>CANARY</html>");

    assertEquals(new TokenLookup.Unavailable(), request("team"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"status\": {}}", "{\"status\": {\"token\": null}}"})
  void shouldBeUnavailableWhenTheAnswerHasNoToken(String answer) {
    server.answerJson(201, answer);

    assertEquals(new TokenLookup.Unavailable(), request("team"));
  }

  @ParameterizedTest
  @Tag("F98")
  @ValueSource(strings = {"", "..", "../../other/serviceaccounts/admin", "team?x", "TEAM"})
  void shouldRequestNothingForANameThatNoObjectHas(String name) {
    assertEquals(new TokenLookup.NotFound(), request(name));
    assertEquals(new TokenLookup.NotFound(), tokens.request(name, "team", "sts.aliyuncs.com"));
    assertEquals(List.of(), server.requests());
  }

  @Test
  void shouldBeUnavailableWhenTheApiServerIsDown() {
    server.stop();

    assertEquals(new TokenLookup.Unavailable(), request("team"));
  }

  private TokenLookup request(String serviceAccount) {
    return tokens.request("shop", serviceAccount, "sts.aliyuncs.com");
  }
}
