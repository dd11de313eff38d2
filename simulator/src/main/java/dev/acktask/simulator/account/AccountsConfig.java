package dev.acktask.simulator.account;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The content of an accounts file.
 *
 * @param defaultRegion of requests whose host names none
 * @param sessionLifetime of sessions of STS, whatever their requests ask for
 */
public record AccountsConfig(
    List<Account> accounts, Optional<String> defaultRegion, Optional<Duration> sessionLifetime) {
  /** No accounts next to the default account. */
  public static final AccountsConfig NONE =
      new AccountsConfig(List.of(), Optional.empty(), Optional.empty());

  public AccountsConfig {
    accounts = List.copyOf(accounts);
  }
}
