package dev.acktask.e2e.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The content of the image and its start. */
class ImageIT {
  @TempDir private static Path scratch;

  private static ImageLayout image;

  @BeforeAll
  static void unpack() throws Exception {
    image = ImageLayout.unpack(scratch.resolve("layout"));
  }

  @Test
  void shouldRunAsANumberedUserThatIsNotRoot() {
    assertEquals("65532:65532", image.config().at("/config/User").asText());
  }

  @Test
  void shouldBeTheSameImageWhenBuiltAgain() throws Exception {
    assertEquals("1970-01-01T00:00:00Z", image.config().at("/created").asText());
    try (Stream<Path> files = Files.walk(image.root().resolve("app/libs"))) {
      List<FileTime> times =
          files
              .filter(Files::isRegularFile)
              .map(file -> file.toFile().lastModified())
              .map(FileTime::fromMillis)
              .distinct()
              .toList();
      assertEquals(List.of(FileTime.from(Instant.EPOCH.plusSeconds(1))), times);
    }
  }

  @Test
  void shouldHoldJarsAndOptionsAndNothingElse() throws Exception {
    try (Stream<Path> files = Files.walk(image.root())) {
      List<String> odd =
          files
              .filter(Files::isRegularFile)
              .map(file -> image.root().relativize(file).toString())
              .filter(file -> !file.matches("app/(libs|classpath)/[^/]+\\.jar"))
              .sorted()
              .toList();
      assertEquals(
          List.of("app/jib-classpath-file", "app/jib-main-class-file", "app/jvm.options"), odd);
    }
  }

  /** The JVM knows each flag, the class path is complete, and the main class starts. */
  @Test
  void shouldNameTheMissingCredentialsWhenItRunsWithoutThem() throws Exception {
    // given
    ProcessBuilder container = new ProcessBuilder(image.command()).redirectErrorStream(true);
    container.environment().clear();
    container.environment().putAll(image.environment());
    container.environment().put("ACKTASK_DEFAULT_REGION", "cn-hangzhou");

    // when
    Process process = container.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    // then
    assertEquals(1, process.waitFor(), output);
    assertTrue(output.contains("The operator has no credentials."), output);
    assertFalse(output.contains("Unrecognized"), output);
  }
}
