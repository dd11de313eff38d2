package dev.acktask.simulator.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.simulator.account.OidcTrust;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.IssuerKeys;
import dev.acktask.simulator.oidc.OidcProvider;
import dev.acktask.simulator.oidc.TokenIssuer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which OIDC tokens may assume a role. */
class AssumeRoleWithOidcTest extends StsTestCase {
  private static final RamArn PROVIDER = RamArn.oidcProvider(ACCOUNT, "ack-rrsa-c1");

  private final TokenIssuer issuer;

  AssumeRoleWithOidcTest() throws GeneralSecurityException {
    issuer = new TokenIssuer("key-1");
  }

  @BeforeEach
  void trustTheOperator() throws GeneralSecurityException {
    directory.put(
        PROVIDER,
        OidcProvider.of("ack-rrsa-c1", TokenIssuer.ISSUER)
            .withKeys(IssuerKeys.parse(issuer.jwks())));
    directory.put(ARN, Role.of("reader").trusting(OidcTrust.of(PROVIDER, TokenIssuer.SUBJECT)));
    parameters.put("OIDCProviderArn", PROVIDER.toString());
    parameters.put("OIDCToken", issuer.token(NOW.plusSeconds(600)));
  }

  private StsAnswer assume() {
    return sts.assumeRoleWithOidc(parameters);
  }

  private void claims(String issuerUrl, String subject, String audience)
      throws GeneralSecurityException {
    parameters.put(
        "OIDCToken",
        issuer.token(
            "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d}"
                .formatted(issuerUrl, subject, audience, NOW.plusSeconds(600).getEpochSecond())));
  }

  @Test
  void shouldIssueASessionToATrustedToken() throws IOException {
    // when
    StsAnswer answer = assume();
    JsonNode body = body(answer);

    // then
    assertEquals(200, answer.response().status());
    assertTrue(answer.secret());
    assertEquals(ARN + "/acktask-operator", body.at("/AssumedRoleUser/Arn").asText());
    assertEquals(TokenIssuer.SUBJECT, body.at("/OIDCTokenInfo/Subject").asText());
    assertEquals(TokenIssuer.ISSUER, body.at("/OIDCTokenInfo/Issuer").asText());
    assertEquals("2026-01-02T04:04:05Z", body.at("/Credentials/Expiration").asText());
  }

  @Test
  void shouldRefuseAnExpiredToken() throws Exception {
    parameters.put("OIDCToken", issuer.token(NOW));
    assertEquals("401 AuthenticationFail.OIDCToken.Expired", error(assume()));
  }

  @Test
  void shouldRefuseATokenOfAnotherIssuer() throws Exception {
    claims("https://other.example", TokenIssuer.SUBJECT, TokenIssuer.AUDIENCE);
    assertEquals("401 AuthenticationFail.OIDCToken.IssuerNotMatch", error(assume()));
  }

  @Test
  void shouldRefuseATokenForAnotherAudience() throws Exception {
    claims(TokenIssuer.ISSUER, TokenIssuer.SUBJECT, "https://kubernetes.default.svc");
    assertEquals("401 AuthenticationFail.OIDCToken.AudienceNotMatch", error(assume()));
  }

  @Test
  void shouldRefuseATokenOfAnotherSubject() throws Exception {
    claims(TokenIssuer.ISSUER, "system:serviceaccount:acktask:default", TokenIssuer.AUDIENCE);
    assertEquals("401 AuthenticationFail.NoPermission", error(assume()));
  }

  @Test
  void shouldRefuseATokenThatAnotherKeySigned() throws Exception {
    parameters.put("OIDCToken", new TokenIssuer("key-1").token(NOW.plusSeconds(600)));
    assertEquals("401 AuthenticationFail.OIDCToken.InvalidSignature", error(assume()));
  }

  @Test
  void shouldRefuseARoleThatTrustsAnotherProvider() throws IOException {
    RamArn other = RamArn.oidcProvider(ACCOUNT, "ack-rrsa-c2");
    directory.put(ARN, Role.of("reader").trusting(OidcTrust.of(other, TokenIssuer.SUBJECT)));
    assertEquals("401 AuthenticationFail.NoPermission", error(assume()));
  }

  @Test
  void shouldRefuseARoleThatTrustsNoToken() throws IOException {
    directory.put(ARN, Role.of("reader"));
    assertEquals("401 AuthenticationFail.NoPermission", error(assume()));
  }

  @Test
  void shouldRefuseARefusedRole() throws IOException {
    directory.refuse(ARN);
    assertEquals("401 AuthenticationFail.NoPermission", error(assume()));
  }

  @Test
  void shouldAcceptTheConfiguredAudience() throws Exception {
    directory.put(
        ARN,
        Role.of("reader").trusting(new OidcTrust(PROVIDER, "other", List.of(TokenIssuer.SUBJECT))));
    claims(TokenIssuer.ISSUER, TokenIssuer.SUBJECT, "other");
    assertEquals(200, assume().response().status());
  }

  @ParameterizedTest
  @CsvSource({
    "RoleArn, acs:ram::1000000000000001:role/other, 404 EntityNotExist.Role",
    "RoleArn, '', 400 MissingRoleArn",
    "OIDCProviderArn, '', 400 MissingOIDCProviderArn",
    "OIDCProviderArn, ack-rrsa-c1, 400 InvalidParameter.OIDCProviderArn",
    "OIDCProviderArn, acs:ram::1000000000000001:oidc-provider/x, 401 AuthenticationFail.NoPermission",
    "OIDCToken, '', 401 AuthenticationFail.OIDCToken.Invalid",
    "OIDCToken, a.b, 401 AuthenticationFail.OIDCToken.Invalid",
    "DurationSeconds, 60, 400 InvalidParameter.DurationSeconds"
  })
  void shouldRefuseABadParameter(String name, String value, String expected) throws IOException {
    parameters.put(name, value);
    assertEquals(expected, error(assume()));
  }

  @Test
  void shouldRefuseATokenThatIsTooLong() throws IOException {
    parameters.put("OIDCToken", "a".repeat(AssumeRoleParameters.MAX_TOKEN + 1));
    assertEquals("400 InvalidParameter.OIDCToken", error(assume()));
  }

  @Test
  void shouldQuoteNothingOfTheTokenInAnError() throws IOException {
    parameters.put("OIDCToken", "CANARY.CANARY.CANARY");
    assertFalse(body(assume()).toString().contains("CANARY"));
    assertFalse(assume().secret());
  }
}
