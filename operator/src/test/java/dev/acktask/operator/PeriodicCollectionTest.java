package dev.acktask.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class PeriodicCollectionTest {
  private int collections;

  @Test
  void shouldCollectWhenTheWorkGoesOnMeanwhile() {
    new PeriodicCollection(() -> true, () -> collections++).request();

    assertEquals(1, collections);
  }

  @Test
  void shouldNotCollectWhenThatWouldStopTheProcess() {
    new PeriodicCollection(() -> false, () -> collections++).request();

    assertEquals(0, collections);
  }

  @Test
  void shouldCollectBesideTheWorkWithTheOptionsOfTheImage() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("jvm.options").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                Probe.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    assertTrue(
        Boolean.parseBoolean(new String(process.getInputStream().readAllBytes(), UTF_8).strip()));
  }

  /** Prints whether a requested collection of this process is concurrent. */
  static final class Probe {
    public static void main(String[] arguments) {
      System.out.println(PeriodicCollection.isConcurrentInThisProcess());
    }
  }
}
