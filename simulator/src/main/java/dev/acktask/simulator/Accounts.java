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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All accounts by their id; the default account is one of them. */
final class Accounts implements KeySource, RoleDirectory {
  private final SimulatedAccount defaultAccount;
  private final Map<String, SimulatedAccount> others = new ConcurrentSkipListMap<>();
  private final Supplier<TaskRegistry> registries;

  Accounts(Supplier<TaskRegistry> registries) {
    this.registries = registries;
    this.defaultAccount = SimulatedAccount.inEveryRegion(Account.DEFAULT_ID, registries);
  }

  /**
   * Has exactly these accounts next to the default account from now on; those that are not among
   * them keep no key.
   *
   * @throws IllegalArgumentException when the id of an account or key is given twice, or an account
   *     has that of the default account
   */
  synchronized void configure(List<Account> accounts) {
    requireUniqueIds(accounts);
    Set<String> ids = accounts.stream().map(Account::id).collect(Collectors.toSet());
    others.values().stream()
        .filter(account -> !ids.contains(account.id()))
        .forEach(account -> account.configure(Account.builder(account.id()).build()));
    for (Account account : accounts) {
      others
          .computeIfAbsent(account.id(), id -> SimulatedAccount.withRegions(id, registries))
          .configure(account);
    }
  }

  private static void requireUniqueIds(List<Account> accounts) {
    Set<String> ids = new HashSet<>(Set.of(Account.DEFAULT_ID));
    Set<String> keyIds = new HashSet<>();
    for (Account account : accounts) {
      if (!ids.add(account.id())) {
        throw new IllegalArgumentException("the account id " + account.id() + " is taken");
      }
      for (AccessKey key : account.keys()) {
        if (!keyIds.add(key.id())) {
          throw new IllegalArgumentException("the key id " + key.id() + " is given twice");
        }
      }
    }
  }

  SimulatedAccount defaultAccount() {
    return defaultAccount;
  }

  Optional<SimulatedAccount> withId(String accountId) {
    return accountId.equals(Account.DEFAULT_ID)
        ? Optional.of(defaultAccount)
        : Optional.ofNullable(others.get(accountId));
  }

  @Override
  public Optional<SigningKey> find(String accessKeyId) {
    return Stream.concat(Stream.of(defaultAccount), others.values().stream())
        .flatMap(account -> account.key(accessKeyId).stream())
        .findFirst();
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
