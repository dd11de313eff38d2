package dev.acktask.e2e.alerts;

import dev.acktask.e2e.cluster.Folders;
import dev.acktask.e2e.cluster.ManagedProcess;
import dev.acktask.e2e.cluster.ProcessReaper;
import dev.acktask.e2e.cluster.Settings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of the Prometheus project on loopback. It chooses a free port and logs it, so that two
 * servers never use the same port.
 */
final class MonitoringServer implements AutoCloseable {
  private static final AtomicInteger FOLDERS = new AtomicInteger();
  private static final Pattern LISTENING = Pattern.compile("msg=\"Listening on\" address=(\\S+)");
  private static final Duration START = Duration.ofSeconds(30);

  private final ManagedProcess process;

  private MonitoringServer(ManagedProcess process) {
    this.process = process;
  }

  /** Skips the test when a program is missing; in CI that is an error. */
  static void require(String... programs) {
    for (String program : programs) {
      if (find(program).isEmpty()) {
        String reason =
            "ALERTS NOT TRIED END TO END, there is no "
                + program
                + " on the PATH (Debian: apt-get install prometheus prometheus-alertmanager)";
        if (Settings.required()) {
          Assertions.fail("ACKTASK_E2E_REQUIRED is set, but: " + reason);
        }
        System.out.println("[WARNING] " + reason);
        Assumptions.abort(reason);
      }
    }
  }

  /** An empty folder for the files and data of one server. */
  static Path folder(String program) throws IOException {
    Path folder =
        Settings.output().resolve("alerts").resolve(program + "-" + FOLDERS.incrementAndGet());
    Folders.empty(folder);
    return folder;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param ready text that it logs when it is ready
   */
  static MonitoringServer start(
      String program, Path folder, ProcessReaper reaper, String ready, String... flags) {
    List<String> command = new ArrayList<>(List.of(find(program).orElseThrow().toString()));
    command.addAll(List.of(flags));
    command.add("--web.listen-address=127.0.0.1:0");
    ManagedProcess process =
        new ManagedProcess(
            program,
            command,
            Map.of("HOME", folder.toString()),
            folder.resolve(program + ".log"),
            reaper,
            new ManagedProcess.Readiness(
                START,
                running -> running.output().contains(ready) && address(running).isPresent()));
    try {
      process.start();
      return new MonitoringServer(process);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  URI address() {
    return address(process).orElseThrow();
  }

  @Override
  public void close() {
    process.close();
  }

  private static Optional<URI> address(ManagedProcess process) {
    Matcher line = LISTENING.matcher(process.output());
    return line.find() ? Optional.of(URI.create("http://" + line.group(1))) : Optional.empty();
  }

  private static Optional<Path> find(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
