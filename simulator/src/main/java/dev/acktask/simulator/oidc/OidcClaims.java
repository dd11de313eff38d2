package dev.acktask.simulator.oidc;

import java.time.Instant;
import java.util.List;

/** The claims of a token that STS verifies. */
public record OidcClaims(
    String issuer, String subject, List<String> audiences, Instant expiration) {
  public OidcClaims {
    audiences = List.copyOf(audiences);
  }
}
