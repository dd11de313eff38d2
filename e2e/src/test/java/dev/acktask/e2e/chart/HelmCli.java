package dev.acktask.e2e.chart;

import dev.acktask.e2e.cluster.CommandResult;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The helm that people type, of whatever version they have. */
final class HelmCli {
  private final Path binary;

  private HelmCli(Path binary) {
    this.binary = binary;
  }

  /** The one on the PATH, if there is one. */
  static Optional<HelmCli> find() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "helm"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(HelmCli::new);
  }

  /** Its warnings, such as those of a kubeconfig that others may read, stay apart in stderr. */
  CommandResult run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    Path stderr = Files.createTempFile("helm", ".txt");
    try {
      Process process = new ProcessBuilder(command).redirectError(stderr.toFile()).start();
      String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new CommandResult(
          "helm " + String.join(" ", arguments),
          process.waitFor(),
          stdout,
          Files.readString(stderr));
    } finally {
      Files.delete(stderr);
    }
  }
}
