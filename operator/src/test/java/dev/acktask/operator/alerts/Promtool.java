package dev.acktask.operator.alerts;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own judge of rules. Where there is none the tests that ask it are skipped. */
final class Promtool {
  private static final String SKIPPED =
      "ALERT RULES NOT TRIED, there is no promtool on the PATH (Debian: apt-get install prometheus)";

  private final Path binary;

  private Promtool(Path binary) {
    this.binary = binary;
  }

  /** The one on the PATH; without it the test ends here, in CI with an error. */
  static Promtool required() {
    Optional<Path> binary =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "promtool"))
            .filter(Files::isExecutable)
            .findFirst();
    if (binary.isEmpty() && Boolean.parseBoolean(System.getenv("ACKTASK_E2E_REQUIRED"))) {
      Assertions.fail("ACKTASK_E2E_REQUIRED is set, but: " + SKIPPED);
    }
    if (binary.isEmpty()) {
      System.out.println("[WARNING] " + SKIPPED);
    }
    Assumptions.assumeTrue(binary.isPresent(), SKIPPED);
    return new Promtool(binary.orElseThrow());
  }

  /** Runs it, and fails with all that it says unless it is content. */
  void run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assertions.assertEquals(0, process.waitFor(), said);
  }
}
