package dev.acktask.operator.alibaba.credentials;

import java.util.Map;

/**
 * A RAM role that a ServiceAccount assumes with its OIDC token (RRSA), by the operation
 * AssumeRoleWithOIDC of STS.
 *
 * @param roleArn the role
 * @param providerArn the cluster's OIDC provider
 * @param sessionName appears in ActionTrail
 */
record OidcRole(String roleArn, String providerArn, OidcToken token, String sessionName) {
  /** Sends one request, if there is a token; blocks for at most the call timeout after that. */
  StsResponse requestSession(StsClient sts) {
    return switch (token.read()) {
      case OidcToken.Lookup.Absent absent -> absent.response();
      case OidcToken.Lookup.Present present ->
          sts.assumeRoleWithOidc(
              Map.of(
                  "OIDCProviderArn", providerArn,
                  "OIDCToken", present.token(),
                  "RoleArn", roleArn,
                  "RoleSessionName", sessionName),
              advice());
    };
  }

  private StsResponse.Advice advice() {
    String trust =
        "Check that the role exists and that its trust policy names this cluster's OIDC provider, "
            + token.serviceAccount()
            + " and the audience "
            + OidcToken.AUDIENCE
            + "; check the node's clock.";
    return new StsResponse.Advice(trust, trust);
  }
}
