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

/** Runs promtool, which checks and tests rules; without it, tests that need it are skipped. */
final class Promtool {
  private static final String SKIPPED =
      "ALERT RULES NOT TESTED, there is no promtool on the PATH (Debian: apt install prometheus)";

  private final Path binary;

  private Promtool(Path binary) {
    this.binary = binary;
  }

  /** The promtool on the PATH; without one, the test is skipped, and in CI it fails. */
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

  /** Fails with the output of promtool unless its exit code is 0. */
  void run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assertions.assertEquals(0, process.waitFor(), output);
  }
}
