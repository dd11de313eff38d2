package dev.acktask.simulator.sts;

import dev.acktask.simulator.account.OidcTrust;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.OidcClaims;
import dev.acktask.simulator.oidc.OidcProvider;
import dev.acktask.simulator.oidc.OidcToken;
import dev.acktask.simulator.oidc.TokenRefusal;
import java.time.Instant;
import java.util.Optional;

/** Does a token prove an identity that a role trusts? */
final class OidcTrustCheck {
  private OidcTrustCheck() {}

  /**
   * The claims of a token that {@code provider} issued and that is valid at {@code now}.
   *
   * @throws RefusedException when it is not
   */
  static OidcClaims verified(String token, OidcProvider provider, Instant now) {
    OidcToken parsed;
    try {
      parsed = OidcToken.parse(token);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(StsError.token("Invalid", String.valueOf(e.getMessage())));
    }
    Optional<TokenRefusal> refusal = provider.refusal(parsed, now);
    if (refusal.isPresent()) {
      throw new RefusedException(error(refusal.get()));
    }
    return parsed.claims();
  }

  /**
   * Returns when {@code role} trusts {@code claims} of {@code providerArn}.
   *
   * @throws RefusedException when it does not
   */
  static void requireTrust(Role role, RamArn providerArn, OidcClaims claims) {
    Optional<OidcTrust> trust =
        role.oidc().filter(trusted -> trusted.providerArn().equals(providerArn));
    if (trust.isEmpty()) {
      throw new RefusedException(StsError.NOT_TRUSTED);
    }
    if (!claims.audiences().contains(trust.get().audience())) {
      throw new RefusedException(StsError.token("AudienceNotMatch", "Invalid audience."));
    }
    if (!trust.get().subjects().contains(claims.subject())) {
      throw new RefusedException(StsError.NOT_TRUSTED);
    }
  }

  private static StsError error(TokenRefusal refusal) {
    return switch (refusal) {
      case OTHER_ISSUER ->
          StsError.token(
              "IssuerNotMatch",
              "The issuer in the OIDC Token doesn't match the OIDC Provider registered.");
      case UNSIGNED ->
          StsError.token("InvalidSignature", "OIDC token validate failed: invalid signature.");
      case EXPIRED -> StsError.token("Expired", "This JsonWebToken is expired.");
    };
  }
}
