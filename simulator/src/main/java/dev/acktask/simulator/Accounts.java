package dev.acktask.simulator;

import dev.acktask.simulator.account.AccessKey;
import dev.acktask.simulator.account.Account;
import dev.acktask.simulator.account.RamArn;
import dev.acktask.simulator.account.Role;
import dev.acktask.simulator.oidc.OidcProvider;
import dev.acktask.simulator.signature.KeySource;
import dev.acktask.simulator.signature.SigningKey;
import dev.acktask.simulator.sts.RoleDirectory;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** All accounts by their id; the default account is one of them. */
final class Accounts implements KeySource, RoleDirectory {
  private final SimulatedAccount defaultAccount;
  private final Map<String, SimulatedAccount> byId = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException when the id of an account or key is given twice, or an account
   *     has that of the default account
   */
  Accounts(List<Account> configured, Supplier<TaskRegistry> registries) {
    defaultAccount = SimulatedAccount.inEveryRegion(Simulator.DEFAULT_ACCOUNT, registries);
    byId.put(defaultAccount.id(), defaultAccount);
    Set<String> keyIds = new HashSet<>();
    for (Account account : configured) {
      for (AccessKey key : account.keys()) {
        if (!keyIds.add(key.id())) {
          throw new IllegalArgumentException("the key id " + key.id() + " is given twice");
        }
      }
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
  public Optional<OidcProvider> provider(RamArn arn) {
    return withId(arn.accountId()).flatMap(account -> account.provider(arn.name()));
  }
}
