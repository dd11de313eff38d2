package dev.acktask.e2e.operator;

import dev.acktask.e2e.cluster.ManagedProcess;
import dev.acktask.e2e.cluster.ProcessReaper;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One replica: {@code java -jar acktask-operator.jar} on the JDK of these tests, with its own
 * kubeconfig and environment. It can be killed, frozen and restarted like any {@link
 * ManagedProcess}.
 */
public final class OperatorProcess implements AutoCloseable {
  /** The log line with the management ports. */
  private static final Pattern MANAGEMENT =
      Pattern.compile("Metrics and health are served port=\"([0-9]+)\" health=\"([0-9]+)\"");

  public static final String READY = "acktask-operator is ready";

  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(2);

  private final ManagedProcess process;

  private OperatorProcess(ManagedProcess process) {
    this.process = process;
  }

  /**
   * Creates a replica without starting it.
   *
   * @param name of the replica, and of its log file in {@code folder}
   * @param environment the operator's settings and credentials
   */
  public static OperatorProcess of(
      String name,
      Path kubeconfig,
      Map<String, String> environment,
      Path folder,
      ProcessReaper reaper) {
    Path jar = Settings.operatorJar();
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing: package the module operator first");
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx256m",
            // fast start, because runs are short and cores are few
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar.toString());
    return of(name, command, kubeconfig, environment, folder, reaper);
  }

  /** The same with another command. */
  public static OperatorProcess of(
      String name,
      List<String> command,
      Path kubeconfig,
      Map<String, String> environment,
      Path folder,
      ProcessReaper reaper) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("KUBECONFIG", kubeconfig.toString());
    return of(name, command, all, folder, reaper);
  }

  /** The same without a kubeconfig: {@code environment} locates the API server, as in a pod. */
  public static OperatorProcess of(
      String name,
      List<String> command,
      Map<String, String> environment,
      Path folder,
      ProcessReaper reaper) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOSTNAME", name);
    all.put("HOME", folder.toString());
    return new OperatorProcess(
        new ManagedProcess(
            name,
            command,
            all,
            folder.resolve(name + ".log"),
            reaper,
            new ManagedProcess.Readiness(
                START_TIMEOUT, running -> running.output().contains(READY))));
  }

  /** Starts it and waits for its readiness line. */
  public OperatorProcess start() {
    process.start();
    return this;
  }

  /** Starts it and does not wait, for starts that are expected to fail. */
  public OperatorProcess launch() {
    process.launch();
    return this;
  }

  public void awaitReady() {
    process.awaitReady();
  }

  /** SIGKILL. */
  public void kill() {
    process.kill();
  }

  /** SIGTERM; the exit code. */
  public int terminate() {
    return process.stop(STOP_TIMEOUT);
  }

  /** SIGSTOP. */
  public void freeze() {
    process.freeze();
  }

  /** SIGCONT. */
  public void thaw() {
    process.thaw();
  }

  /** Waits until it ends by itself; the exit code. */
  public int awaitExit(Duration atMost) {
    return process.awaitExit(atMost);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** The log since its last start. */
  public String output() {
    return process.output();
  }

  /** The URL of {@code path}: metrics or health. */
  public URI page(String path) {
    Matcher port = MANAGEMENT.matcher(output());
    if (!port.find()) {
      throw new IllegalStateException("no management port in " + output());
    }
    return URI.create("http://127.0.0.1:" + port.group(path.equals("/metrics") ? 1 : 2) + path);
  }

  /** The text of {@code path}: metrics or health; empty when it is not served now. */
  public Optional<String> fetch(String path) {
    if (!isAlive() || !output().contains(READY)) {
      return Optional.empty();
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(page(path)).timeout(FETCH_TIMEOUT).build();
      return Optional.of(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException frozen) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The log file of all its runs. */
  public Path log() {
    return process.log();
  }

  @Override
  public void close() {
    process.close();
  }
}
