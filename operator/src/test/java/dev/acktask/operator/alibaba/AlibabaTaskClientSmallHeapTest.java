package dev.acktask.operator.alibaba;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault catalogue F25, F29 and E2: hostile answers in a JVM with a small heap. */
final class AlibabaTaskClientSmallHeapTest {
  @Test
  @Tag("F29")
  void shouldSurviveHugeAndDeepAnswersWhenTheHeapIsSmall(@TempDir Path directory) throws Exception {
    assertSurvives(HostileAnswersMain.class, "-Xmx64m", directory);
  }

  /** 104 MiB is the heap of a pod of 256 MiB; the answers alone would take more than half of it. */
  @Test
  @Tag("F29")
  void shouldSurvive64LargeAnswersAtOnceInTheDefaultPod(@TempDir Path directory) throws Exception {
    assertSurvives(LargeAnswersMain.class, "-Xmx104m", directory);
  }

  private static void assertSurvives(Class<?> program, String heap, Path directory)
      throws Exception {
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-Xss256k",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(120, TimeUnit.SECONDS);

      assertEquals(true, ended, () -> read(output));
      assertEquals(0, process.exitValue(), () -> read(output));
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(Path output) {
    try {
      return Files.readString(output);
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
