package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertReady;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An access key whose files are replaced, by the kubelet or by hand, while it is in use. */
final class CredentialDirectoryReplacementTest {
  @TempDir private Path directory;
  private SecretVolume volume;
  private CredentialDirectory source;

  @BeforeEach
  void open() {
    volume = new SecretVolume(directory);
    source = new CredentialDirectory(directory);
  }

  @Test
  @Tag("F95")
  void shouldUseAReplacedKeyForTheNextRequest() throws IOException {
    // given
    volume.mount("1", Map.of("accessKeyId", "old\n", "accessKeySecret", "secret1\n"));
    assertEquals("old", key().accessKeyId());
    assertEquals("secret1", key().accessKeySecret());
    assertNull(key().securityToken());

    // when
    volume.mount(
        "2", Map.of("accessKeyId", "new", "accessKeySecret", "secret2", "securityToken", "t"));

    // then
    assertEquals("new", key().accessKeyId());
    assertEquals("secret2", key().accessKeySecret());
    assertEquals("t", key().securityToken());
  }

  @Test
  @Tag("F95")
  void shouldNeverMixTwoKeysWhileTheVolumeIsReplaced() throws Exception {
    mountKey(0);
    Thread kubelet =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 1; i < 200; i++) {
                    mountKey(i);
                  }
                });

    int compared = 0;
    while (kubelet.isAlive() || compared == 0) {
      if (source.current() instanceof CredentialLookup.Ready ready) {
        Credential pair = ready.credential();
        assertEquals(
            pair.accessKeyId().substring("id".length()),
            pair.accessKeySecret().substring("secret".length()));
        compared++;
      }
    }
    kubelet.join();
    assertEquals("id199", key().accessKeyId());
  }

  @Test
  @Tag("F95")
  void shouldUseAReplacedFileOfAPlainDirectory() throws IOException {
    volume.write("accessKeyId", "id");
    volume.write("accessKeySecret", "secret1");
    assertEquals("secret1", key().accessKeySecret());

    volume.replace("accessKeySecret", "secret2");

    assertEquals("secret2", key().accessKeySecret());
  }

  @Test
  void shouldReadARefusedKeyAgainDespiteUnchangedFileTimes() throws IOException {
    // given
    FileTime time = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));
    volume.write("accessKeyId", "id");
    Files.setLastModifiedTime(volume.write("accessKeySecret", "secret1"), time);
    Credential old = key();
    Files.setLastModifiedTime(volume.write("accessKeySecret", "secret2"), time);
    assertSame(old, key());

    // when
    source.reportRefused(old);

    // then
    assertEquals("secret2", key().accessKeySecret());
  }

  @Test
  void shouldKeepARefusedKeyWhenTheFilesAreUnchanged() throws IOException {
    // given
    volume.write("accessKeyId", "id");
    volume.write("accessKeySecret", "secret");
    Credential first = key();

    // when
    source.reportRefused(first);

    // then
    assertSame(first, key());

    // when
    volume.write("accessKeyId", "other");

    // then
    assertNotSame(first, key());
  }

  private Credential key() {
    return assertReady(source.current());
  }

  private void mountKey(int version) {
    try {
      volume.mount(
          "" + version,
          Map.of("accessKeyId", "id" + version, "accessKeySecret", "secret" + version));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
