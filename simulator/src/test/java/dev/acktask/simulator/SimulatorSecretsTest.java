package dev.acktask.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.OidcTrust;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.OidcProvider;
import dev.acktask.simulator.oidc.TokenIssuer;
import dev.acktask.simulator.signature.Credential;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The secrets of STS that an observer receives. */
@Timeout(30)
class SimulatorSecretsTest extends AccountsTestCase {
  private static final RamArn OPERATOR = RamArn.role(SECOND, "operator");
  private static final RamArn PROVIDER = RamArn.oidcProvider(SECOND, "ack-rrsa-c1");

  private final TokenIssuer issuer = issuer();
  private final List<Credential> issued = new CopyOnWriteArrayList<>();
  private final List<String> presented = new CopyOnWriteArrayList<>();

  @Override
  SimulatorBuilder configured(SimulatorBuilder builder) {
    return super.configured(builder).observer(new Secrets());
  }

  @Override
  Account.Builder second() {
    return super.second()
        .provider(OidcProvider.of("ack-rrsa-c1", TokenIssuer.ISSUER))
        .role(Role.of("operator").trusting(OidcTrust.of(PROVIDER, TokenIssuer.SUBJECT)));
  }

  @Test
  void shouldReportTheSessionThatItIssues() throws Exception {
    JsonNode session =
        SimulatorTestCase.body(withOidc(issuer.token(clock.instant().plusSeconds(600))));
    assertEquals(
        List.of(
            Credential.sts(
                session.at("/Credentials/AccessKeyId").asText(),
                session.at("/Credentials/AccessKeySecret").asText(),
                session.at("/Credentials/SecurityToken").asText())),
        issued);
  }

  @Test
  void shouldReportATokenThatIsRefused() throws Exception {
    String expired = issuer.token(clock.instant().minusSeconds(1));
    assertEquals("AuthenticationFail.OIDCToken.Expired", code(withOidc(expired)));
    assertEquals(List.of(expired), presented);
    assertEquals(List.of(), issued);
  }

  private String withOidc(String token) throws Exception {
    Map<String, String> query = new TreeMap<>();
    query.put("RoleArn", OPERATOR.toString());
    query.put("RoleSessionName", "acktask-operator");
    query.put("OIDCProviderArn", PROVIDER.toString());
    query.put("OIDCToken", token);
    return send(
        "POST /?Action=AssumeRoleWithOIDC&Version=2015-04-01&"
            + SignedRequest.encoded(query)
            + " HTTP/1.1\r\n\r\n");
  }

  private static TokenIssuer issuer() {
    try {
      return new TokenIssuer("key-1");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Secrets implements SimulatorObserver {
    @Override
    public void issued(Credential session) {
      issued.add(session);
    }

    @Override
    public void presented(String oidcToken) {
      presented.add(oidcToken);
    }
  }
}
