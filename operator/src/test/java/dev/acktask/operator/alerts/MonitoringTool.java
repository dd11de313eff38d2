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

/**
 * Runs promtool, which checks and tests rules, or amtool, which checks a configuration of
 * Alertmanager. Without the program, tests that need it are skipped.
 */
final class MonitoringTool {

  private final Path binary;

  private MonitoringTool(Path binary) {
    this.binary = binary;
  }

  /** The program on the PATH; without it, the test is skipped, and in CI it fails. */
  static MonitoringTool required(String program) {
    String skipped =
        "NOT TESTED, there is no "
            + program
            + " on the PATH (Debian: apt install prometheus prometheus-alertmanager)";
    Optional<Path> binary =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable)
            .findFirst();
    if (binary.isEmpty() && Boolean.parseBoolean(System.getenv("ACKTASK_E2E_REQUIRED"))) {
      Assertions.fail("ACKTASK_E2E_REQUIRED is set, but: " + skipped);
    }
    if (binary.isEmpty()) {
      System.out.println("[WARNING] " + skipped);
    }
    Assumptions.assumeTrue(binary.isPresent(), skipped);
    return new MonitoringTool(binary.orElseThrow());
  }

  /** The output; fails with it unless the exit code is 0. */
  String run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assertions.assertEquals(0, process.waitFor(), output);
    return output;
  }
}
