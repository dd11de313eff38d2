package dev.acktask.simulator.cli;

import dev.acktask.simulator.account.AccountsConfig;
import dev.acktask.simulator.account.AccountsFile;
import dev.acktask.simulator.yaml.YamlException;
import java.nio.file.Path;

/**
 * The accounts file of the command line.
 *
 * @param reservedKeyId the key of the default account, which no other account may have
 */
record AccountsSource(Path file, String reservedKeyId) {
  /**
   * Reads the file.
   *
   * @throws YamlException when it cannot be used
   */
  AccountsConfig load() {
    AccountsConfig config = AccountsFile.load(file);
    boolean hasReserved =
        config.accounts().stream()
            .flatMap(account -> account.keys().stream())
            .anyMatch(key -> key.id().equals(reservedKeyId));
    if (hasReserved) {
      throw new YamlException(
          file.toString(),
          "keys",
          "the key '" + reservedKeyId + "' is that of --access-key-id; expected another id");
    }
    return config;
  }
}
