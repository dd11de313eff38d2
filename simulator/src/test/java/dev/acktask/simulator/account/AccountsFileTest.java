package dev.acktask.simulator.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.acktask.simulator.yaml.YamlException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts files on disk. */
class AccountsFileTest {
  @TempDir private Path folder;

  @Test
  void shouldReadPathsRelativeToItsFolder() throws Exception {
    // given
    Files.createDirectory(folder.resolve("scripts"));
    Files.copy(
        Path.of("scripts/cluster-upgrade-succeeds.yaml"), folder.resolve("scripts/one.yaml"));

    // when
    Path file =
        Files.writeString(
            folder.resolve("accounts.yaml"),
            "accounts: [{id: 1000000000000001, regions: [{id: cn-hangzhou, scripts: [scripts]}]}]");

    // then
    Region region = AccountsFile.load(file).accounts().get(0).regions().get(0);
    assertEquals("T-000000000000000000000a01", region.tasks().get(0).taskId());
  }

  @Test
  void shouldNameAFileThatCannotBeRead() {
    Path missing = folder.resolve("missing.yaml");
    assertEquals(
        missing + ": cannot be read",
        assertThrows(YamlException.class, () -> AccountsFile.load(missing)).getMessage());
  }
}
