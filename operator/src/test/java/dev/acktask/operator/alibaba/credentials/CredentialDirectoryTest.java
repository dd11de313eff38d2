package dev.acktask.operator.alibaba.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An access key in the files of a Secret volume, which the kubelet replaces while they are used.
 */
final class CredentialDirectoryTest {
  @TempDir private Path volume;

  @Test
  @Tag("F95")
  void shouldUseAReplacedKeyFromTheNextRequestOn() throws IOException {
    mount("1", Map.of("accessKeyId", "old\n", "accessKeySecret", "secret1\n"));
    CredentialDirectory source = new CredentialDirectory(volume);
    assertEquals("old", ready(source).accessKeyId());
    assertEquals("secret1", ready(source).accessKeySecret());
    assertNull(ready(source).securityToken());

    mount("2", Map.of("accessKeyId", "new", "accessKeySecret", "secret2", "securityToken", "t"));

    assertEquals("new", ready(source).accessKeyId());
    assertEquals("secret2", ready(source).accessKeySecret());
    assertEquals("t", ready(source).securityToken());
  }

  @Test
  @Tag("F95")
  void shouldNeverMixTwoKeysWhenTheVolumeIsReplacedMeanwhile() throws Exception {
    mount("0", Map.of("accessKeyId", "id0", "accessKeySecret", "secret0"));
    CredentialDirectory source = new CredentialDirectory(volume);
    Thread kubelet =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 1; i < 200; i++) {
                    try {
                      mount(
                          "" + i, Map.of("accessKeyId", "id" + i, "accessKeySecret", "secret" + i));
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
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
    assertEquals("id199", ready(source).accessKeyId());
  }

  @Test
  @Tag("F95")
  void shouldUseAReplacedFileOfAPlainDirectory() throws IOException {
    write("accessKeyId", "id");
    write("accessKeySecret", "secret1");
    CredentialDirectory source = new CredentialDirectory(volume);
    assertEquals("secret1", ready(source).accessKeySecret());

    Path next = Files.writeString(volume.resolve("next"), "secret2");
    Files.move(
        next,
        volume.resolve("accessKeySecret"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);

    assertEquals("secret2", ready(source).accessKeySecret());
  }

  @Test
  void shouldReadAgainWhenTheCloudRefusesTheKeyAndNoTimeHasChanged() throws IOException {
    write("accessKeyId", "id");
    Path secret = write("accessKeySecret", "secret1");
    FileTime time = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));
    Files.setLastModifiedTime(secret, time);
    CredentialDirectory source = new CredentialDirectory(volume);
    Credential old = ready(source);
    Files.writeString(secret, "secret2");
    Files.setLastModifiedTime(secret, time);
    assertSame(old, ready(source));

    source.refused(old);

    assertEquals("secret2", ready(source).accessKeySecret());
  }

  @Test
  void shouldKeepTheKeyWhenItIsReadAgainUnchanged() throws IOException {
    write("accessKeyId", "id");
    write("accessKeySecret", "secret");
    CredentialDirectory source = new CredentialDirectory(volume);
    Credential first = ready(source);

    source.refused(first);

    assertSame(first, ready(source));
    write("accessKeyId", "other");
    assertNotSame(first, ready(source));
  }

  @ParameterizedTest
  @Tag("F94")
  @ValueSource(strings = {"accessKeyId", "accessKeySecret"})
  void shouldNameTheFileThatIsMissingOrEmptyAndRecover(String name) throws IOException {
    write("accessKeyId", "id");
    write("accessKeySecret", "secret");
    CredentialDirectory source = new CredentialDirectory(volume);

    write(name, " \n");
    assertTrue(missing(source).contains(volume.resolve(name) + " is missing or empty"));
    Files.delete(volume.resolve(name));
    assertTrue(missing(source).contains(volume.resolve(name) + " is missing or empty"));

    write(name, "value");
    ready(source);
  }

  @ParameterizedTest
  @Tag("F94")
  @ValueSource(strings = {"accessKeyId", "accessKeySecret", "securityToken"})
  void shouldNameTheFileThatCannotBeAKeyAndRecover(String name) throws IOException {
    write("accessKeyId", "id");
    write("accessKeySecret", "secret");
    CredentialDirectory source = new CredentialDirectory(volume);
    String path = volume.resolve(name).toString();

    for (byte[] content :
        new byte[][] {
          "CANARY key".getBytes(UTF_8),
          "CANARY\u0000".getBytes(UTF_8),
          {'C', 'A', 'N', 'A', 'R', 'Y', (byte) 0xff},
          new byte[1 << 20],
          "x".repeat(20_000).getBytes(UTF_8),
        }) {
      Files.write(volume.resolve(name), content);
      String message = assertInstanceOf(CredentialLookup.Invalid.class, source.current()).message();
      assertTrue(message.contains(path), message);
      assertFalse(message.contains("CANARY"), message);
    }

    write(name, "value");
    ready(source);
  }

  @Test
  @Tag("F94")
  void shouldNameTheFileThatMayNotBeReadAndRecover() throws IOException {
    write("accessKeyId", "id");
    Path secret = write("accessKeySecret", "secret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    CredentialDirectory source = new CredentialDirectory(volume);
    if (Files.isReadable(secret)) {
      return; // the superuser reads everything
    }

    String message = assertInstanceOf(CredentialLookup.Invalid.class, source.current()).message();

    assertTrue(message.contains(secret + " cannot be read"), message);
    Files.delete(secret);
    write("accessKeySecret", "secret");
    ready(source);
  }

  @Test
  @Tag("F96")
  void shouldNotUseAKeyWhoseFilesAreGone() throws IOException {
    mount("1", Map.of("accessKeyId", "id", "accessKeySecret", "secret"));
    CredentialDirectory source = new CredentialDirectory(volume);
    ready(source);

    Files.delete(volume.resolve("..data"));

    missing(source);
    mount("2", Map.of("accessKeyId", "back", "accessKeySecret", "secret"));
    assertEquals("back", ready(source).accessKeyId());
  }

  @Test
  @Tag("F94")
  void shouldWaitForADirectoryThatIsNotThereYet() throws IOException {
    CredentialDirectory source = new CredentialDirectory(volume.resolve("later"));
    missing(source);

    Files.createDirectory(volume.resolve("later"));
    Files.writeString(volume.resolve("later/accessKeyId"), "id");
    Files.writeString(volume.resolve("later/accessKeySecret"), "secret");

    ready(source);
  }

  /** As the kubelet does: a new directory, then the link is replaced, then the old one goes. */
  private void mount(String version, Map<String, String> files) throws IOException {
    Path data = Files.createDirectory(volume.resolve("..2026_" + version));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(data.resolve(file.getKey()), file.getValue());
      Path link = volume.resolve(file.getKey());
      if (!Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, Path.of("..data", file.getKey()));
      }
    }
    Path link = volume.resolve("..data");
    Path old = Files.exists(link) ? link.toRealPath() : null;
    Path next = Files.createSymbolicLink(volume.resolve("..data_tmp"), data.getFileName());
    Files.move(next, link, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    if (old != null) {
      try (var entries = Files.list(old)) {
        for (Path entry : entries.toList()) {
          Files.delete(entry);
        }
      }
      Files.delete(old);
    }
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(volume.resolve(name), content);
  }

  private static Credential ready(CredentialDirectory source) {
    CredentialLookup lookup = source.current();
    return assertInstanceOf(CredentialLookup.Ready.class, lookup, lookup::toString).credential();
  }

  private static String missing(CredentialDirectory source) {
    return assertInstanceOf(CredentialLookup.Missing.class, source.current()).message();
  }
}
