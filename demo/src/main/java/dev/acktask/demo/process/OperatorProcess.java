package dev.acktask.demo.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The packaged operator as a child process, restarted when it dies, like in a Deployment. */
public final class OperatorProcess implements AutoCloseable {
  /** An operator that exits this early is not restarted: its configuration is wrong. */
  private static final Duration EARLY_EXIT = Duration.ofSeconds(5);

  /** Exit codes from here on mean: ended by a signal. */
  private static final int SIGNALED = 128;

  private final ChildProcess process;

  /**
   * @param root of the repository
   * @param kubernetes environment variables that locate the Kubernetes API
   * @param namespace the only watched namespace
   * @param endpoint of the simulator
   */
  public OperatorProcess(
      Path root, Path logs, Map<String, String> kubernetes, String namespace, String endpoint) {
    Packages packages = new Packages(root);
    Map<String, String> environment = new TreeMap<>(kubernetes);
    environment.put("ACKTASK_WATCH_NAMESPACES", namespace);
    environment.put("ACKTASK_ENDPOINT_PUBLIC", endpoint);
    environment.put("ACKTASK_ALLOW_PLAINTEXT_ENDPOINT", "true");
    environment.put("ACKTASK_DEFAULT_REGION", "cn-hangzhou");
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", SimulatorProcess.ACCESS_KEY_ID);
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SimulatorProcess.ACCESS_KEY_SECRET);
    // Scripts play minutes in seconds, so the operator polls more often than by default.
    environment.put("ACKTASK_MANAGEMENT_PORT", "0");
    environment.put("ACKTASK_HEALTH_PORT", "0");
    environment.put("ACKTASK_DEFAULT_POLL_INTERVAL", "1s");
    environment.put("ACKTASK_MIN_POLL_INTERVAL", "1s");
    environment.put("ACKTASK_REQUESTS_PER_MINUTE", "6000");
    this.process =
        new ChildProcess(
            packages.operator(),
            packages.parentProcessMonitor(),
            List.of(),
            environment,
            logs.resolve("operator.log"));
  }

  public void start() throws IOException {
    process.start();
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Restarts the operator if it died.
   *
   * @return a line for the user, empty when the operator runs
   * @throws IOException when it exits by itself right after its start
   */
  public Optional<String> restartIfDead() throws IOException {
    if (!process.died()) {
      return Optional.empty();
    }
    int code = process.exitCode();
    if (code < SIGNALED && process.age().compareTo(EARLY_EXIT) < 0) {
      throw new IOException("The operator ended with code " + code + "; see " + process.log());
    }
    process.start();
    return Optional.of(
        "The operator died (exit code %d) and was started again, pid %d."
            .formatted(code, process.pid()));
  }

  @Override
  public void close() {
    process.close();
  }
}
