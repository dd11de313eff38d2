package dev.acktask.simulator.sts;

import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.OidcProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Roles and providers that a test puts. */
final class FakeDirectory implements RoleDirectory {
  private final Map<RamArn, Role> roles = new HashMap<>();
  private final Map<RamArn, OidcProvider> providers = new HashMap<>();

  void put(RamArn arn, Role role) {
    roles.put(arn, role);
  }

  void put(RamArn arn, OidcProvider provider) {
    providers.put(arn, provider);
  }

  void refuse(RamArn arn) {
    roles.computeIfPresent(arn, (same, role) -> role.refused(true));
  }

  @Override
  public Optional<Role> role(RamArn arn) {
    return Optional.ofNullable(roles.get(arn));
  }

  @Override
  public Optional<OidcProvider> provider(RamArn arn) {
    return Optional.ofNullable(providers.get(arn));
  }
}
