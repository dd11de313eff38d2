package dev.acktask.simulator.account;

import dev.acktask.simulator.signature.Caller;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The part of a role's trust policy for callers of AssumeRole.
 *
 * @param accountIds every caller of these accounts is trusted
 * @param roleArns sessions of these roles are trusted
 * @param externalId required in the request when present
 */
public record PrincipalTrust(
    Set<String> accountIds, Set<String> roleArns, Optional<String> externalId) {
  /** Trusts no caller. */
  public static final PrincipalTrust NONE =
      new PrincipalTrust(Set.of(), Set.of(), Optional.empty());

  public PrincipalTrust {
    accountIds = Set.copyOf(accountIds);
    roleArns = Set.copyOf(roleArns);
  }

  public static PrincipalTrust ofAccounts(String... accountIds) {
    return new PrincipalTrust(Set.of(accountIds), Set.of(), Optional.empty());
  }

  public static PrincipalTrust ofRoles(RamArn... roleArns) {
    Set<String> arns = new HashSet<>();
    for (RamArn arn : roleArns) {
      arns.add(arn.toString());
    }
    return new PrincipalTrust(Set.of(), arns, Optional.empty());
  }

  public PrincipalTrust withExternalId(String required) {
    return new PrincipalTrust(accountIds, roleArns, Optional.of(required));
  }

  public boolean trusts(Caller caller, Optional<String> givenExternalId) {
    boolean known =
        accountIds.contains(caller.accountId())
            || caller.roleArn().filter(roleArns::contains).isPresent();
    return known && (externalId.isEmpty() || externalId.equals(givenExternalId));
  }
}
