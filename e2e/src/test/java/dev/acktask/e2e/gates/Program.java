package dev.acktask.e2e.gates;

import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that ends by itself, without environment and configuration of the machine. */
record Program(Path binary) {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Runs it with {@code input} as its stdin. */
  CommandResult run(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    try {
      Path folder = Settings.output().resolve("gates").resolve(binary.getFileName().toString());
      Files.createDirectories(folder);
      Path stdin = Files.writeString(Files.createTempFile(folder, "stdin", ".txt"), input);
      Path stdout = Files.createTempFile(folder, "stdout", ".txt");
      Path stderr = Files.createTempFile(folder, "stderr", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(stdin.toFile())
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile());
      builder.environment().clear();
      builder.environment().put("HOME", folder.toString());
      CommandResult result =
          new CommandResult(
              String.join(" ", command),
              exitCode(builder.start()),
              Files.readString(stdout),
              Files.readString(stderr));
      for (Path file : List.of(stdin, stdout, stderr)) {
        Files.delete(file);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int exitCode(Process process) {
    try {
      if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(binary + " did not end within " + TIMEOUT);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
