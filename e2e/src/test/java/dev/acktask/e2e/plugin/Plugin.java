package dev.acktask.e2e.plugin;

import dev.acktask.e2e.cluster.CommandResult;
import dev.acktask.e2e.cluster.Settings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The script under a shell, with a kubectl that answers what a test gives it. */
final class Plugin {
  static final Path SCRIPT = Settings.repository().resolve("kubectl-plugin/kubectl-acktask");
  static final Path RESOURCES =
      Settings.repository().resolve("e2e/src/test/resources/plugin").normalize();

  /** The present time of all golden files. */
  static final String NOW = "2026-03-05T02:30:00Z";

  private static final long TIMEOUT_SECONDS = 60;

  private final Path folder;
  private final List<String> shell;
  private final Map<String, String> environment = new TreeMap<>();

  private Plugin(Path folder, List<String> shell) {
    Program.required("jq");
    Program.required("dash");
    this.folder = folder;
    this.shell = shell;
    environment.put("FAKE", folder.toString());
    environment.put("HOME", folder.toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("ACKTASK_NOW", NOW);
    environment.put("PATH", RESOURCES.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
  }

  /** With dash, a shell that knows POSIX only. */
  static Plugin in(Path folder) {
    return new Plugin(folder, List.of("dash"));
  }

  static Plugin in(Path folder, String... shell) {
    return new Plugin(folder, List.of(shell));
  }

  Plugin with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** The answers of kubectl to its reads, in this order; the last one is repeated. */
  Plugin answering(String... answers) throws IOException {
    for (int i = 0; i < answers.length; i++) {
      Files.writeString(folder.resolve("get." + (i + 1)), answers[i] + "\n");
    }
    return this;
  }

  /** What {@code kubectl wait} waits for is met at once. */
  Plugin meetingConditions() throws IOException {
    Files.createFile(folder.resolve("met"));
    return this;
  }

  /** The name of each object to create is taken. */
  Plugin refusingToCreate() throws IOException {
    Files.createFile(folder.resolve("taken"));
    return this;
  }

  /** The text of the object {@code name}. */
  static String object(String name) throws IOException {
    return Files.readString(RESOURCES.resolve("objects").resolve(name + ".json"));
  }

  /** The calls of kubectl and sleep, each as one line. */
  List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  CommandResult run(String... arguments) {
    List<String> command = new ArrayList<>(shell);
    command.add(SCRIPT.toString());
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** The same with a terminal as output; the arguments are plain words. */
  CommandResult runOnTerminal(String... arguments) {
    List<String> words = new ArrayList<>(shell);
    words.add(SCRIPT.toString());
    words.addAll(List.of(arguments));
    return run(List.of("script", "-qec", String.join(" ", words), "/dev/null"));
  }

  /**
   * With {@code redirection} of the shell, for example {@code >&-}; the arguments are plain words.
   */
  CommandResult runRedirected(String redirection, String... arguments) {
    List<String> words = new ArrayList<>(shell);
    words.add(SCRIPT.toString());
    words.addAll(List.of(arguments));
    return run(List.of("sh", "-c", String.join(" ", words) + " " + redirection));
  }

  private CommandResult run(List<String> command) {
    try {
      Path stdout = Files.createTempFile(folder, "stdout", ".txt");
      Path stderr = Files.createTempFile(folder, "stderr", ".txt");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().clear();
      builder.environment().putAll(environment);
      Process process =
          builder
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile())
              .start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
            .forEach(ProcessHandle::destroyForcibly);
        throw new IllegalStateException(command + " did not end");
      }
      return new CommandResult(
          String.join(" ", command),
          process.exitValue(),
          Files.readString(stdout),
          Files.readString(stderr));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
