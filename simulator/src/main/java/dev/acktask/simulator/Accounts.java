package dev.acktask.simulator;

import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.OidcProvider;
import dev.acktask.simulator.signature.KeySource;
import dev.acktask.simulator.signature.SigningKey;
import dev.acktask.simulator.sts.RoleDirectory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All accounts by their id; the default account is one of them. */
final class Accounts implements KeySource, RoleDirectory {
  private final SimulatedAccount defaultAccount;
  private final Map<String, SimulatedAccount> byId = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException when an id is given twice or is that of the default account
   */
  Accounts(List<Account> configured, Supplier<TaskRegistry> registries) {
    defaultAccount = SimulatedAccount.inEveryRegion(Simulator.DEFAULT_ACCOUNT, registries);
    byId.put(defaultAccount.id(), defaultAccount);
    for (Account account : configured) {
      if (byId.putIfAbsent(account.id(), SimulatedAccount.of(account, registries)) != null) {
        throw new IllegalArgumentException("the account id " + account.id() + " is taken");
      }
    }
  }

  SimulatedAccount defaultAccount() {
    return defaultAccount;
  }

  Optional<SimulatedAccount> withId(String accountId) {
    return Optional.ofNullable(byId.get(accountId));
  }

  @Override
  public Optional<SigningKey> find(String accessKeyId) {
    return byId.values().stream().flatMap(account -> account.key(accessKeyId).stream()).findFirst();
  }

  @Override
  public Optional<Role> role(RamArn arn) {
    return withId(arn.accountId()).flatMap(account -> account.role(arn.name()));
  }

  @Override
  public boolean refuses(RamArn arn) {
    return withId(arn.accountId()).filter(account -> account.refusesRole(arn.name())).isPresent();
  }

  @Override
  public Optional<OidcProvider> provider(RamArn arn) {
    return withId(arn.accountId()).flatMap(account -> account.provider(arn.name()));
  }
}
