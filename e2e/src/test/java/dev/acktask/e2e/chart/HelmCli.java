package dev.acktask.e2e.chart;

import dev.acktask.e2e.cluster.BuildScript;
import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The helm command of version 4. */
public final class HelmCli {
  private final Path binary;

  /**
   * @param binary the program
   */
  public HelmCli(Path binary) {
    this.binary = binary;
  }

  /** The command, or the reason for its absence. */
  sealed interface Search {
    record Found(HelmCli helm) implements Search {}

    record Missing(String reason) implements Search {}
  }

  /**
   * Asks {@code hack/helm/build.sh}, which can build it for minutes. A helm that is installed on
   * the machine counts only when {@code $HELM} names it, so that every run tests the same version.
   */
  static Search search() {
    return switch (BuildScript.of("helm").run()) {
      case BuildScript.Outcome.Provided provided -> new Search.Found(new HelmCli(provided.path()));
      case BuildScript.Outcome.Failed failed -> new Search.Missing(failed.reason());
    };
  }

  /**
   * Runs it without configuration, plugins or kubeconfig of the machine. Warnings stay apart in
   * stderr.
   */
  public CommandResult run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    Path home = Files.createDirectories(Settings.output().resolve("helm"));
    Path stderr = Files.createTempFile("helm", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(stderr.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("HELM_"));
      builder.environment().remove("KUBECONFIG");
      for (String folder : List.of("CACHE", "CONFIG", "DATA")) {
        builder.environment().put("HELM_" + folder + "_HOME", home.resolve(folder).toString());
      }
      Process process = builder.start();
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
