package dev.acktask.operator.health;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterAuthoritiesTest {
  @TempDir Path folder;

  @Test
  void shouldDetectChangedContent() throws IOException {
    // given
    Path file = Files.writeString(folder.resolve("ca.crt"), "old");

    // when
    ClusterAuthorities authorities = new ClusterAuthorities(file);

    // then
    assertFalse(authorities.haveChanged());

    // when
    Files.writeString(file, "new");

    // then
    assertTrue(authorities.haveChanged());

    // when
    Files.writeString(file, "old");

    // then
    assertFalse(authorities.haveChanged());
  }

  /** The kubelet replaces the file by a symbolic link, and for a moment there is none. */
  @Test
  void shouldIgnoreAMissingFile() throws IOException {
    Path file = Files.writeString(folder.resolve("ca.crt"), "old");
    ClusterAuthorities authorities = new ClusterAuthorities(file);
    Files.delete(file);
    assertFalse(authorities.haveChanged());
  }

  @Test
  void shouldNeverChangeWithoutAFile() {
    assertFalse(new ClusterAuthorities(null).haveChanged());
  }
}
