package dev.acktask.demo.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A packaged jar as a child process. It ends when this process ends, even by SIGKILL. */
final class ChildProcess implements AutoCloseable {
  /** Short-lived processes on a small machine: start fast, stay small. */
  private static final List<String> SMALL =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m");

  /** Prefixes of variables of the user's shell that are not passed on. */
  private static final List<String> WITHHELD = List.of("ACKTASK_", "ALIBABA_CLOUD_");

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private @Nullable Process process;
  private Instant started = Instant.MIN;
  private boolean closed;

  /**
   * @param agent jar of the Java agent
   * @param environment added to the inherited variables
   * @param log where standard output and error go
   */
  ChildProcess(
      Path jar, Path agent, List<String> arguments, Map<String, String> environment, Path log) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(SMALL);
    line.add("-javaagent:" + agent);
    line.addAll(List.of("-jar", jar.toString()));
    line.addAll(arguments);
    this.command = List.copyOf(line);
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  /** Starts or restarts the process; does nothing after {@link #close()}. */
  synchronized void start() throws IOException {
    if (closed) {
      return;
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().removeIf(name -> WITHHELD.stream().anyMatch(name::startsWith));
    builder.environment().putAll(environment);
    process = builder.start();
    started = Instant.now();
  }

  /** True when the process ended without {@link #close()}. */
  synchronized boolean died() {
    return !closed && process != null && !process.isAlive();
  }

  /** The exit code; the process must have ended. */
  synchronized int exitCode() {
    return process == null ? 0 : process.exitValue();
  }

  synchronized long pid() {
    return process == null ? 0 : process.pid();
  }

  synchronized Duration age() {
    return Duration.between(started, Instant.now());
  }

  Path log() {
    return log;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException hurry) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
