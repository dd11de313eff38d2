package dev.acktask.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged demo as a process, as {@code demo.sh} starts it. */
final class DemoProcess implements AutoCloseable {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final Process process;
  private final Path folder;

  private DemoProcess(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** Starts a demo that writes logs, output and final objects to {@code folder}. */
  static DemoProcess start(Path folder) throws IOException {
    Files.createDirectories(folder);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                ROOT.resolve("demo/target/acktask-demo.jar").toString(),
                "--root",
                ROOT.toString(),
                "--logs",
                folder.resolve("run").toString(),
                "--limit",
                "240")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.txt").toFile())
            .start();
    return new DemoProcess(process, folder);
  }

  /** The running child processes: simulator and operator. */
  List<ProcessHandle> children() {
    return process.children().toList();
  }

  Optional<ProcessHandle> operator() {
    return children().stream()
        .filter(child -> child.info().commandLine().orElse("").contains("acktask-operator.jar"))
        .findFirst();
  }

  /** Number of lines with {@code mark} in the operator's log, over all its restarts. */
  long countInLog(String mark) {
    try (Stream<String> lines = Files.lines(folder.resolve("run/operator.log"))) {
      return lines.filter(line -> line.contains(mark)).count();
    } catch (IOException | UncheckedIOException absentOrHalfWritten) {
      return 0;
    }
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  boolean running() {
    return process.isAlive();
  }

  int exitCode(Duration within) throws InterruptedException {
    if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the demo still runs; see " + folder);
    }
    return process.exitValue();
  }

  /** The output of the demo, for assertion messages. */
  @Override
  public String toString() {
    try {
      return Files.readString(folder.resolve("output.txt"));
    } catch (IOException absent) {
      return folder.toString();
    }
  }

  FinalStatuses finalStatuses() throws IOException {
    return FinalStatuses.in(folder.resolve("run/tasks"));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
