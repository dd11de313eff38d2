package dev.acktask.simulator.account;

import dev.acktask.simulator.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Accounts from a file. */
public final class AccountsFile {
  private AccountsFile() {}

  /**
   * Reads {@code file}; the paths in it are relative to its folder.
   *
   * @throws YamlException when it cannot be read or is wrong
   */
  public static AccountsConfig load(Path file) {
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    return AccountsParser.parse(file.toString(), text(file), folder);
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new YamlException(file.toString(), "", "cannot be read");
    }
  }
}
