package dev.acktask.simulator.account;

import java.util.List;

/**
 * The part of a role's trust policy for OIDC tokens.
 *
 * @param providerArn the only provider whose tokens count
 * @param audience required in the token
 * @param subjects each {@code system:serviceaccount:<namespace>:<name>}; one of them is required
 */
public record OidcTrust(RamArn providerArn, String audience, List<String> subjects) {
  public static final String DEFAULT_AUDIENCE = "sts.aliyuncs.com";

  public OidcTrust {
    subjects = List.copyOf(subjects);
  }

  /** Trusts tokens for STS of these ServiceAccounts. */
  public static OidcTrust of(RamArn providerArn, String... subjects) {
    return new OidcTrust(providerArn, DEFAULT_AUDIENCE, List.of(subjects));
  }
}
