package dev.acktask.simulator.oidc;

/** Why a token does not prove an identity. */
public enum TokenRefusal {
  OTHER_ISSUER,
  UNSIGNED,
  EXPIRED
}
