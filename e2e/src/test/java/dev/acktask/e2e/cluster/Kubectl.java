package dev.acktask.e2e.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real kubectl under one kubeconfig. */
public final class Kubectl {
  /** Longer than any {@code --timeout} that a test gives to kubectl. */
  private static final Duration TIMEOUT = Duration.ofMinutes(4);

  private final Path binary;
  private final Path kubeconfig;
  private final Path home;

  Kubectl(Path binary, Path kubeconfig, Path home) {
    this.binary = binary;
    this.kubeconfig = kubeconfig;
    this.home = home;
  }

  /** The command as a process that a test can end; it is not started. */
  public ManagedProcess process(Path log, ProcessReaper processes, String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    return new ManagedProcess(
        "kubectl " + String.join(" ", arguments),
        command,
        Map.of("HOME", home.toString(), "KUBECONFIG", kubeconfig.toString()),
        log,
        processes,
        new ManagedProcess.Readiness(TIMEOUT, running -> true));
  }

  public CommandResult run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(binary.toString());
    command.addAll(List.of(arguments));
    return run("kubectl " + String.join(" ", arguments), command, binary.getParent().toString());
  }

  /** A script of ours that calls kubectl: it finds this one, under this kubeconfig. */
  public CommandResult runScript(Path script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(List.of(arguments));
    return run(
        script.getFileName() + " " + String.join(" ", arguments),
        command,
        binary.getParent() + File.pathSeparator + System.getenv("PATH"));
  }

  /** A plugin in {@code folder}, as kubectl finds it. */
  public CommandResult runPlugin(Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    String path =
        String.join(
            File.pathSeparator,
            binary.getParent().toString(),
            folder.toString(),
            System.getenv("PATH"));
    return run("kubectl " + String.join(" ", arguments), command, path);
  }

  private CommandResult run(String displayed, List<String> command, String path) {
    try {
      Files.createDirectories(home);
      Path stdout = Files.createTempFile(home, "stdout", ".txt");
      Path stderr = Files.createTempFile(home, "stderr", ".txt");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().clear();
      builder.environment().put("HOME", home.toString());
      builder.environment().put("PATH", path);
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      Process process =
          builder
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile())
              .start();
      try {
        if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
          throw new IllegalStateException(command + " did not end within " + TIMEOUT);
        }
      } finally {
        process.destroyForcibly();
      }
      CommandResult result =
          new CommandResult(
              displayed, process.exitValue(), Files.readString(stdout), Files.readString(stderr));
      Files.delete(stdout);
      Files.delete(stderr);
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
