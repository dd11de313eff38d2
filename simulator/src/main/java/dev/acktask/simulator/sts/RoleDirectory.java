package dev.acktask.simulator.sts;

import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.OidcProvider;
import java.util.Optional;

/** The roles and OIDC providers of all accounts, as they are now. */
public interface RoleDirectory {
  Optional<Role> role(RamArn arn);

  Optional<OidcProvider> provider(RamArn arn);
}
