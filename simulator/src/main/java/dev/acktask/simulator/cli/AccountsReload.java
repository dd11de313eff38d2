package dev.acktask.simulator.cli;

import dev.acktask.simulator.account.AccountsConfig;
import dev.acktask.simulator.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Applies changes of the accounts file while the simulator runs, so that keys can be rotated and
 * accounts throttled by hand.
 */
final class AccountsReload {
  private final AccountsSource source;
  private final Consumer<AccountsConfig> apply;
  private final Consumer<String> log;
  private Optional<FileTime> applied;

  /**
   * @param log receives one line for each change that is noticed
   */
  AccountsReload(AccountsSource source, Consumer<AccountsConfig> apply, Consumer<String> log) {
    this.source = source;
    this.apply = apply;
    this.log = log;
    this.applied = modified(source.file());
  }

  /** Checks once a second until the thread is interrupted. */
  void run() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (!never.await(1, TimeUnit.SECONDS)) {
      check();
    }
  }

  /** Applies the file if it changed since the last call; a wrong file changes nothing. */
  void check() {
    Optional<FileTime> now = modified(source.file());
    if (now.equals(applied)) {
      return;
    }
    applied = now;
    try {
      apply.accept(source.load());
      log.accept("accounts changed file=" + source.file());
    } catch (YamlException e) {
      log.accept("accounts not changed cause=" + e.getMessage());
    }
  }

  /** Empty while the file is missing, as during its replacement. */
  private static Optional<FileTime> modified(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
