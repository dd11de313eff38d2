package dev.acktask.simulator.sts;

import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.OidcProvider;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Roles and providers that a test puts. */
final class FakeDirectory implements RoleDirectory {
  private final Map<RamArn, Role> roles = new HashMap<>();
  private final Map<RamArn, OidcProvider> providers = new HashMap<>();
  private final Set<RamArn> refused = new HashSet<>();

  void put(RamArn arn, Role role) {
    roles.put(arn, role);
  }

  void put(RamArn arn, OidcProvider provider) {
    providers.put(arn, provider);
  }

  void refuse(RamArn arn) {
    refused.add(arn);
  }

  @Override
  public Optional<Role> role(RamArn arn) {
    return Optional.ofNullable(roles.get(arn));
  }

  @Override
  public boolean refuses(RamArn arn) {
    return refused.contains(arn);
  }

  @Override
  public Optional<OidcProvider> provider(RamArn arn) {
    return Optional.ofNullable(providers.get(arn));
  }
}
