package dev.acktask.e2e.cluster;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * A child process that can be stopped, killed, frozen, and started again with the same command. All
 * its runs write to one log file. Its environment is the given one only, without proxy settings and
 * kubeconfig of the developer.
 */
public final class ManagedProcess implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int LAST_CHARACTERS = 4_000;

  private final String name;
  private final ProcessBuilder command;
  private final Path log;
  private final ProcessReaper reaper;
  private final Readiness readiness;

  private Process process;
  private long runBegan;

  /**
   * When a started process is ready.
   *
   * @param timeout limit of the time until it is ready
   * @param check must not block for long
   */
  public record Readiness(Duration timeout, Predicate<ManagedProcess> check) {}

  public ManagedProcess(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path log,
      ProcessReaper reaper,
      Readiness readiness) {
    this.name = name;
    this.command = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> inherited = this.command.environment();
    inherited.keySet().retainAll(List.of("PATH", "TMPDIR", "LANG"));
    inherited.putAll(environment);
    this.log = log;
    this.reaper = reaper;
    this.readiness = readiness;
  }

  /** Starts it and waits until it is ready. */
  public void start() {
    launch();
    awaitReady();
  }

  /** Starts it and does not wait. */
  public synchronized void launch() {
    if (isAlive()) {
      throw new IllegalStateException(name + " runs already");
    }
    try {
      Files.createDirectories(log.getParent());
      runBegan = Files.exists(log) ? Files.size(log) : 0;
      process = command.redirectOutput(Redirect.appendTo(log.toFile())).start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
    reaper.watch(process.pid());
  }

  /** Waits until it is ready; fails at once when it ends instead. */
  public void awaitReady() {
    try {
      await()
          .pollInterval(POLL)
          .atMost(readiness.timeout())
          .failFast(() -> !isAlive())
          .until(() -> readiness.check().test(this));
    } catch (TerminalFailureException ended) {
      throw new IllegalStateException(
          "%s ended with %d before it was ready. Its last output (%s):%n%s"
              .formatted(name, process.exitValue(), log, lastOutput()),
          ended);
    } catch (ConditionTimeoutException late) {
      throw new IllegalStateException(
          "%s is not ready after %s. Its last output (%s):%n%s"
              .formatted(name, readiness.timeout(), log, lastOutput()),
          late);
    }
  }

  /** Ends it with SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    reap();
  }

  /**
   * Ends it with SIGTERM.
   *
   * @return its exit code
   * @throws IllegalStateException when it is still there after {@code grace}; it is killed then
   */
  public int stop(Duration grace) {
    process.destroy();
    try {
      if (!process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
        throw new IllegalStateException(name + " ignored SIGTERM for " + grace);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return reap();
  }

  /** Freezes it (SIGSTOP): sockets stay open, but nothing answers. */
  public void freeze() {
    signal("STOP");
  }

  /** Resumes a frozen process (SIGCONT). */
  public void thaw() {
    signal("CONT");
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** The log of all runs. */
  public Path log() {
    return log;
  }

  /** The output of the present run so far, or of the last one if none runs. */
  public String output() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(runBegan);
      byte[] bytes = new byte[Math.toIntExact(file.length() - runBegan)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it ends by itself. */
  public int awaitExit(Duration atMost) {
    await().pollInterval(POLL).atMost(atMost).until(() -> !isAlive());
    return reap();
  }

  /** Kills it if it runs. */
  @Override
  public void close() {
    if (process != null) {
      kill();
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private int reap() {
    try {
      int code = process.waitFor();
      reaper.forget(process.pid());
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " ended", e);
    }
  }

  private void signal(String signal) {
    try {
      // The built-in kill of the shell, because not every system has a kill command.
      int code =
          new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
              .inheritIO()
              .start()
              .waitFor();
      if (code != 0) {
        throw new IllegalStateException("cannot send SIG" + signal + " to " + name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String lastOutput() {
    String output = output();
    return output.substring(Math.max(0, output.length() - LAST_CHARACTERS));
  }
}
