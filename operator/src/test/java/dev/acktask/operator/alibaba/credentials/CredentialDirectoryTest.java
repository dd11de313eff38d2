package dev.acktask.operator.alibaba.credentials;

import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertInvalid;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertMissing;
import static dev.acktask.operator.alibaba.credentials.CredentialAssertions.assertReady;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of an access key that are missing, invalid or unreadable until they are corrected. */
final class CredentialDirectoryTest {
  @TempDir private Path directory;
  private SecretVolume volume;
  private CredentialDirectory source;

  @BeforeEach
  void open() {
    volume = new SecretVolume(directory);
    source = new CredentialDirectory(directory);
  }

  @ParameterizedTest
  @Tag("F94")
  @ValueSource(strings = {"accessKeyId", "accessKeySecret"})
  void shouldNameAMissingOrEmptyFileAndRecover(String name) throws IOException {
    // given
    writeKey();

    // when
    Path file = volume.write(name, " \n");

    // then
    assertTrue(assertMissing(source.current()).contains(file + " is missing or empty"));

    // when
    Files.delete(file);

    // then
    assertTrue(assertMissing(source.current()).contains(file + " is missing or empty"));

    // when
    volume.write(name, "value");

    // then
    assertReady(source.current());
  }

  @ParameterizedTest
  @Tag("F94")
  @ValueSource(strings = {"accessKeyId", "accessKeySecret", "securityToken"})
  void shouldNameAnInvalidFileAndRecover(String name) throws IOException {
    writeKey();

    for (byte[] content :
        new byte[][] {
          "CANARY key".getBytes(UTF_8),
          "CANARY\u0000".getBytes(UTF_8),
          {'C', 'A', 'N', 'A', 'R', 'Y', (byte) 0xff},
          new byte[1 << 20],
          "x".repeat(20_000).getBytes(UTF_8),
        }) {
      Path file = Files.write(directory.resolve(name), content);
      String message = assertInvalid(source.current());
      assertTrue(message.contains(file.toString()), message);
      assertFalse(message.contains("CANARY"), message);
    }

    volume.write(name, "value");
    assertReady(source.current());
  }

  @Test
  @Tag("F94")
  void shouldNameAnUnreadableFileAndRecover() throws IOException {
    // given
    writeKey();
    Path secret = directory.resolve("accessKeySecret");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    if (Files.isReadable(secret)) {
      return; // the superuser can read every file
    }

    // when
    String message = assertInvalid(source.current());

    // then
    assertTrue(message.contains(secret + " cannot be read"), message);

    // when
    Files.delete(secret);
    volume.write("accessKeySecret", "secret");

    // then
    assertReady(source.current());
  }

  @Test
  @Tag("F96")
  void shouldNotUseAKeyWhoseFilesWereDeleted() throws IOException {
    // given
    volume.mount("1", Map.of("accessKeyId", "id", "accessKeySecret", "secret"));
    assertReady(source.current());

    // when
    volume.unmount();

    // then
    assertMissing(source.current());

    // when
    volume.mount("2", Map.of("accessKeyId", "back", "accessKeySecret", "secret"));

    // then
    assertEquals("back", assertReady(source.current()).accessKeyId());
  }

  @Test
  @Tag("F94")
  void shouldFindTheKeyWhenTheDirectoryIsCreatedLater() throws IOException {
    // given
    SecretVolume later = new SecretVolume(directory.resolve("later"));
    CredentialDirectory laterSource = new CredentialDirectory(later.path());
    assertMissing(laterSource.current());

    // when
    Files.createDirectory(later.path());
    later.write("accessKeyId", "id");
    later.write("accessKeySecret", "secret");

    // then
    assertReady(laterSource.current());
  }

  private void writeKey() throws IOException {
    volume.write("accessKeyId", "id");
    volume.write("accessKeySecret", "secret");
  }
}
