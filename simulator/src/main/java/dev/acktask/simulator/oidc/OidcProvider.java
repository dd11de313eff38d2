package dev.acktask.simulator.oidc;

import java.time.Instant;
import java.util.Optional;

/**
 * An OIDC provider that is registered in an account, usually a cluster.
 *
 * @param issuer required {@code iss} of its tokens
 * @param keys verify the signatures of its tokens; without keys signatures are not verified
 */
public record OidcProvider(String name, String issuer, Optional<IssuerKeys> keys) {
  /** A provider whose signatures are not verified. */
  public static OidcProvider of(String name, String issuer) {
    return new OidcProvider(name, issuer, Optional.empty());
  }

  public OidcProvider withKeys(IssuerKeys issuerKeys) {
    return new OidcProvider(name, issuer, Optional.of(issuerKeys));
  }

  /** Why {@code token} is not one of this provider that is valid at {@code now}. */
  public Optional<TokenRefusal> refusal(OidcToken token, Instant now) {
    if (!token.claims().issuer().equals(issuer)) {
      return Optional.of(TokenRefusal.OTHER_ISSUER);
    }
    if (keys.filter(known -> !known.signed(token)).isPresent()) {
      return Optional.of(TokenRefusal.UNSIGNED);
    }
    return now.isBefore(token.claims().expiration())
        ? Optional.empty()
        : Optional.of(TokenRefusal.EXPIRED);
  }
}
