package dev.acktask.simulator.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.simulator.account.AccountsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a changed accounts file is applied. */
class AccountsReloadTest {
  private final List<AccountsConfig> applied = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private int version;

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("accounts.yaml");
  }

  private void write(String yaml) throws IOException {
    Files.writeString(file(), yaml);
    Files.setLastModifiedTime(file(), FileTime.fromMillis(1_000L * ++version));
  }

  private AccountsReload reload() throws IOException {
    write("accounts: [{id: 1000000000000001}]");
    return new AccountsReload(new AccountsSource(file(), "reserved"), applied::add, log::add);
  }

  @Test
  void shouldDoNothingWhileTheFileIsUnchanged() throws IOException {
    reload().check();
    assertEquals(List.of(), applied);
    assertEquals(List.of(), log);
  }

  @Test
  void shouldApplyAChangeOnce() throws IOException {
    // given
    AccountsReload reload = reload();

    // when
    write("{defaultRegion: cn-beijing, accounts: [{id: 1000000000000001}]}");
    reload.check();
    reload.check();

    // then
    assertEquals(1, applied.size());
    assertEquals(Optional.of("cn-beijing"), applied.get(0).defaultRegion());
    assertEquals(List.of("accounts changed file=" + file()), log);
  }

  @Test
  void shouldKeepWhatItHasWhenTheFileIsWrong() throws IOException {
    // given
    AccountsReload reload = reload();

    // when
    write("accounts: []");
    reload.check();
    reload.check();

    // then
    assertEquals(List.of(), applied);
    assertEquals(1, log.size());
    assertTrue(log.get(0).startsWith("accounts not changed cause="), log.get(0));
  }

  @Test
  void shouldNotGiveTheReservedKeyToAnAccount() throws IOException {
    AccountsReload reload = reload();
    write("accounts: [{id: 1000000000000001, keys: [{id: reserved, secret: canary}]}]");
    reload.check();
    assertEquals(List.of(), applied);
    assertTrue(log.get(0).contains("the key 'reserved' is that of --access-key-id"), log.get(0));
  }

  @Test
  void shouldApplyTheFileOnceItIsBack() throws IOException {
    // given
    AccountsReload reload = reload();

    // when
    Files.delete(file());
    reload.check();
    write("accounts: [{id: 1000000000000002}]");
    reload.check();

    // then
    assertEquals("1000000000000002", applied.get(0).accounts().get(0).id());
    assertTrue(log.get(0).endsWith("accounts.yaml: cannot be read"), log.get(0));
  }
}
