package dev.acktask.simulator.sts;

import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.OidcClaims;
import dev.acktask.simulator.oidc.OidcProvider;
import dev.acktask.simulator.response.Body;
import dev.acktask.simulator.response.Header;
import dev.acktask.simulator.response.Response;
import dev.acktask.simulator.signature.Caller;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The operations of STS that issue sessions. Answers are JSON, whatever the request asks for. */
public final class Sts {
  private final RoleDirectory directory;
  private final Sessions sessions;
  private final InstantSource clock;

  public Sts(RoleDirectory directory, Sessions sessions, InstantSource clock) {
    this.directory = directory;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** AssumeRole by {@code caller}, whose signature is verified. */
  public StsAnswer assumeRole(Map<String, String> parameters, Caller caller) {
    return answer(() -> assumeRole(new AssumeRoleParameters(parameters), caller));
  }

  /** AssumeRoleWithOIDC: the token among the parameters is the only proof. */
  public StsAnswer assumeRoleWithOidc(Map<String, String> parameters) {
    return answer(() -> assumeRoleWithOidc(new AssumeRoleParameters(parameters)));
  }

  private Response assumeRole(AssumeRoleParameters parameters, Caller caller) {
    RamArn arn = parameters.roleArn();
    String sessionName = parameters.sessionName();
    Role role = role(arn);
    if (role.refused() || !role.principals().trusts(caller, parameters.externalId())) {
      throw new RefusedException(StsError.NOT_AUTHORIZED);
    }
    return issued(sessions.issue(arn, sessionName, parameters.duration(role)), Optional.empty());
  }

  private Response assumeRoleWithOidc(AssumeRoleParameters parameters) {
    RamArn arn = parameters.roleArn();
    String sessionName = parameters.sessionName();
    RamArn providerArn = parameters.providerArn();
    OidcProvider provider =
        directory
            .provider(providerArn)
            .orElseThrow(() -> new RefusedException(StsError.NO_PROVIDER));
    OidcClaims claims = OidcTrustCheck.verified(parameters.token(), provider, clock.instant());
    Role role = role(arn);
    if (role.refused()) {
      throw new RefusedException(StsError.NOT_TRUSTED);
    }
    OidcTrustCheck.requireTrust(role, providerArn, claims);
    return issued(sessions.issue(arn, sessionName, parameters.duration(role)), Optional.of(claims));
  }

  private Role role(RamArn arn) {
    return directory
        .role(arn)
        .orElseThrow(() -> new RefusedException(StsError.noRole(arn.toString())));
  }

  private static StsAnswer answer(Supplier<Response> operation) {
    try {
      return new StsAnswer(operation.get(), true);
    } catch (RefusedException e) {
      return new StsAnswer(e.error().response(), false);
    }
  }

  private static Response issued(Session session, Optional<OidcClaims> proof) {
    Response response = Response.json(200, "");
    String requestId = Header.first(response.headers(), Response.REQUEST_ID).orElse("");
    return response.body(Body.of(StsJson.session(session, proof, requestId)));
  }
}
