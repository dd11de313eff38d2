package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.OidcTrust;
import dev.acktask.simulator.account.PrincipalTrust;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.IssuerKeys;
import dev.acktask.simulator.oidc.OidcProvider;
import dev.acktask.simulator.oidc.TokenIssuer;
import dev.acktask.simulator.operation.Operation;
import dev.acktask.simulator.requestlog.RequestRecord;
import dev.acktask.simulator.requestlog.RequestRecordJson;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** STS and the calls of the sessions that it issues, from the side of a client. */
@Timeout(30)
class SimulatorStsTest extends AccountsTestCase {
  private static final RamArn OPERATOR = RamArn.role(SECOND, "operator");
  private static final RamArn READER = RamArn.role(FIRST, "reader");
  private static final RamArn PROVIDER = RamArn.oidcProvider(SECOND, "ack-rrsa-c1");

  private final TokenIssuer issuer;

  SimulatorStsTest() throws GeneralSecurityException {
    issuer = new TokenIssuer("key-1");
  }

  /** The operator's role is in the second account; it may assume the reader of the first. */
  @Override
  Account.Builder second() {
    return super.second()
        .provider(
            OidcProvider.of("ack-rrsa-c1", TokenIssuer.ISSUER)
                .withKeys(IssuerKeys.parse(issuer.jwks())))
        .role(
            Role.of("operator")
                .trusting(OidcTrust.of(PROVIDER, TokenIssuer.SUBJECT))
                .permitting(Operation.DESCRIBE_TASK_INFO, Operation.ASSUME_ROLE));
  }

  @Override
  Account.Builder first() {
    return super.first()
        .role(
            Role.of("reader")
                .trusting(PrincipalTrust.ofRoles(OPERATOR))
                .permitting(Operation.DESCRIBE_TASK_INFO));
  }

  /** The request as the operator sends it: the token is in the form. */
  private String withOidc(String token) throws Exception {
    Map<String, String> form = new TreeMap<>(parameters(OPERATOR));
    form.put("DurationSeconds", "3600");
    form.put("OIDCProviderArn", PROVIDER.toString());
    form.put("OIDCToken", token);
    String body = SignedRequest.encoded(form);
    return send(
        "POST /?Action=AssumeRoleWithOIDC&Format=JSON&Version=2015-04-01"
            + "&Timestamp=2026-01-02T03%3A04%3A05Z&SignatureNonce=n HTTP/1.1\r\n"
            + "Host: sts.cn-hangzhou.localhost\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private JsonNode operatorSession() throws Exception {
    return SimulatorTestCase.body(
        withOidc(issuer.token(clock.instant().plus(Duration.ofMinutes(10)))));
  }

  private static Map<String, String> parameters(RamArn role) {
    return Map.of("RoleArn", role.toString(), "RoleSessionName", "acktask-operator");
  }

  private JsonNode readerSession(JsonNode operator) throws Exception {
    return SimulatorTestCase.body(
        bySession(operator, SignedRequest.assumeRole(parameters(READER))));
  }

  @Test
  void shouldServeASessionInTheAccountOfItsRole() throws Exception {
    JsonNode session = operatorSession();
    simulator.account(SECOND).region("cn-hangzhou").play(task("paused"));
    assertEquals("paused", state(bySession(session, task(TASK, HANGZHOU))));
  }

  @Test
  void shouldServeAChainedSessionInTheOtherAccount() throws Exception {
    JsonNode reader = readerSession(operatorSession());
    assertEquals(READER + "/acktask-operator", reader.at("/AssumedRoleUser/Arn").asText());
    assertEquals("running", state(bySession(reader, task(TASK, HANGZHOU))));
  }

  @Test
  void shouldAcceptAFormThatIsSigned() throws Exception {
    SignedRequest request = SignedRequest.assumeRoleByForm(parameters(READER));
    String answer = bySession(operatorSession(), request);
    assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
  }

  @Test
  void shouldRefuseASessionOnceItIsExpired() throws Exception {
    // given
    JsonNode session = operatorSession();

    // when
    clock.advance(Duration.ofMinutes(60).minusSeconds(1));
    String valid = bySession(session, task(TASK, HANGZHOU));
    clock.advance(Duration.ofSeconds(1));
    String expired = bySession(session, task(TASK, HANGZHOU));

    // then
    assertEquals("400", code(valid));
    assertTrue(expired.startsWith("HTTP/1.1 400 "));
    assertEquals("InvalidSecurityToken.Expired", code(expired));
  }

  @Test
  void shouldRefuseTheTokenOfAnotherSession() throws Exception {
    JsonNode one = operatorSession();
    String keyId = one.at("/Credentials/AccessKeyId").asText();
    String foreign = operatorSession().at("/Credentials/SecurityToken").asText();
    SignedRequest request = task(TASK, HANGZHOU).date(clock.instant()).token(keyId, foreign);
    String answer = send(request.by(keyId, one.at("/Credentials/AccessKeySecret").asText()));
    assertEquals("InvalidSecurityToken.MismatchWithAccessKey", code(answer));
  }

  @Test
  void shouldIssueSessionsOfTheFixedLifetime() throws Exception {
    simulator.sessionLifetime(Duration.ofSeconds(20));
    assertEquals(
        clock.instant().plusSeconds(20).toString(),
        operatorSession().at("/Credentials/Expiration").asText());
  }

  @Test
  void shouldForbidASessionWhatItsRoleMayNotCall() throws Exception {
    String answer = bySession(operatorSession(), SignedRequest.clusters("").host(HANGZHOU));
    assertEquals("StatusForbidden", code(answer));
    assertTrue(answer.contains("STSToken policy Forbidden for action cs:GetClusters"), answer);
  }

  @Test
  void shouldForbidAssumeRoleToACallerWithoutIt() throws Exception {
    JsonNode reader = readerSession(operatorSession());
    String answer = bySession(reader, SignedRequest.assumeRole(parameters(READER)));
    assertTrue(answer.startsWith("HTTP/1.1 403 "));
    assertEquals("NoPermission", code(answer));
  }

  @Test
  void shouldRefuseARoleUntilItIsAllowed() throws Exception {
    // given
    JsonNode before = operatorSession();

    // when
    simulator.account(SECOND).refuseRole("operator");
    String refused = withOidc(issuer.token(clock.instant().plusSeconds(60)));
    String issuedBefore = bySession(before, task(TASK, HANGZHOU));
    simulator.account(SECOND).allowRole("operator");

    // then
    assertEquals("AuthenticationFail.NoPermission", code(refused));
    assertEquals("400", code(issuedBefore));
    assertTrue(operatorSession().has("Credentials"));
  }

  @Test
  void shouldAnswerInTheFormatOfStsWhenASignatureIsRefused() throws Exception {
    String answer =
        send(
            SignedRequest.assumeRole(parameters(READER))
                .date(clock.instant())
                .by("firstKey", "wrong"));
    assertEquals("SignatureDoesNotMatch", SimulatorTestCase.body(answer).get("Code").asText());
  }

  @Test
  void shouldThrottleAssumeRoleOfAThrottledAccount() throws Exception {
    JsonNode session = operatorSession();
    simulator.account(SECOND).throttle(Duration.ofSeconds(3));
    String answer = bySession(session, SignedRequest.assumeRole(parameters(READER)));
    assertEquals("Throttling.User", SimulatorTestCase.body(answer).get("Code").asText());
    assertTrue(answer.contains("\r\nx-acs-retry-after: 3000\r\n"));
  }

  @Test
  void shouldRefuseAnotherVersion() throws Exception {
    String answer = send("POST /?Action=AssumeRoleWithOIDC&Version=2014-05-26 HTTP/1.1\r\n\r\n");
    assertEquals("InvalidVersion", code(answer));
  }

  @Test
  void shouldNotKnowOtherOperations() throws Exception {
    assertEquals(
        "InvalidAction.NotFound",
        code(send("POST /?Action=GetCallerIdentity&Version=2015-04-01 HTTP/1.1\r\n\r\n")));
  }

  @Test
  void shouldRecordAccountsButNoSecretWhenIssuing() throws Exception {
    // given
    String token = issuer.token(clock.instant().plusSeconds(600));

    // when
    JsonNode operator = SimulatorTestCase.body(withOidc(token));
    JsonNode reader = readerSession(operator);
    send(
        "POST /?Action=AssumeRoleWithOIDC&Version=2015-04-01&OIDC%54oken="
            + token
            + " HTTP/1.1\r\n\r\n");

    // then
    String record =
        simulator.served().stream().map(RequestRecordJson::line).collect(Collectors.joining("\n"));
    assertFalse(record.contains(token));
    for (JsonNode session : new JsonNode[] {operator, reader}) {
      assertFalse(record.contains(session.at("/Credentials/SecurityToken").asText()));
      assertFalse(record.contains(session.at("/Credentials/AccessKeySecret").asText()));
    }
    RequestRecord withOidc = simulator.served().get(0);
    assertEquals(Optional.of(SECOND), withOidc.accountId());
    assertEquals("cn-hangzhou", withOidc.region());
    assertEquals("***", withOidc.body());
    assertEquals(Optional.of(SECOND), simulator.served().get(1).accountId());
  }
}
