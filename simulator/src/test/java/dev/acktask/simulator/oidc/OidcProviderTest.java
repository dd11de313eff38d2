package dev.acktask.simulator.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tokens are of a provider. */
class OidcProviderTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final TokenIssuer issuer;
  private final OidcProvider provider;

  OidcProviderTest() throws GeneralSecurityException {
    issuer = new TokenIssuer("key-1");
    provider =
        OidcProvider.of("ack-rrsa-c1", TokenIssuer.ISSUER)
            .withKeys(IssuerKeys.parse(issuer.jwks()));
  }

  private Optional<TokenRefusal> refusal(String token) {
    return provider.refusal(OidcToken.parse(token), NOW);
  }

  @Test
  void shouldAcceptATokenUntilItExpires() throws Exception {
    assertEquals(Optional.empty(), refusal(issuer.token(NOW.plusSeconds(1))));
    assertEquals(Optional.of(TokenRefusal.EXPIRED), refusal(issuer.token(NOW)));
  }

  @Test
  void shouldRefuseATokenWithoutExpiration() throws Exception {
    String token = issuer.token("{\"iss\":\"" + TokenIssuer.ISSUER + "\"}");
    assertEquals(Optional.of(TokenRefusal.EXPIRED), refusal(token));
  }

  @Test
  void shouldRefuseATokenOfAnotherIssuer() throws Exception {
    String token = issuer.token("{\"iss\":\"https://other.example\",\"exp\":4000000000}");
    assertEquals(Optional.of(TokenRefusal.OTHER_ISSUER), refusal(token));
  }

  @Test
  void shouldRefuseATokenThatAnotherKeySigned() throws Exception {
    String sameId = new TokenIssuer("key-1").token(NOW.plusSeconds(60));
    String otherId = new TokenIssuer("key-2").token(NOW.plusSeconds(60));
    assertEquals(Optional.of(TokenRefusal.UNSIGNED), refusal(sameId));
    assertEquals(Optional.of(TokenRefusal.UNSIGNED), refusal(otherId));
  }

  @Test
  void shouldRefuseAChangedToken() throws Exception {
    String[] own = issuer.token(NOW.plusSeconds(60)).split("\\.", -1);
    String[] later = issuer.token(NOW.plusSeconds(61)).split("\\.", -1);
    String changed = own[0] + "." + later[1] + "." + own[2];
    assertEquals(Optional.of(TokenRefusal.UNSIGNED), refusal(changed));
    assertEquals(Optional.of(TokenRefusal.UNSIGNED), refusal(own[0] + "." + own[1] + "."));
  }

  @Test
  void shouldNotVerifySignaturesWithoutKeys() throws Exception {
    String foreign = new TokenIssuer("key-2").token(NOW.plusSeconds(60));
    OidcProvider trusting = OidcProvider.of("ack-rrsa-c1", TokenIssuer.ISSUER);
    assertEquals(Optional.empty(), trusting.refusal(OidcToken.parse(foreign), NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":[{\"kty\":\"EC\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"\",\"e\":\"\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"?\",\"e\":\"AQAB\"}]}"
      })
  void shouldRefuseWhatIsNoKeySet(String jwks) {
    assertThrows(IllegalArgumentException.class, () -> IssuerKeys.parse(jwks));
  }
}
