package dev.acktask.demo.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The packaged operator, restarted when it dies, as a Deployment would. */
public final class OperatorProcess implements AutoCloseable {
  /** An operator that ends by itself this early will not do better the next time. */
  private static final Duration EARLY = Duration.ofSeconds(5);

  private static final int SIGNALED = 128;

  private final ChildProcess process;

  /**
   * @param root of the repository
   * @param kubernetes the variables that lead it to the Kubernetes API
   * @param namespace the only one that it watches
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
    // Minutes are played in seconds, so the operator has to look more often than it would.
    environment.put("ACKTASK_MANAGEMENT_PORT", "0");
    environment.put("ACKTASK_HEALTH_PORT", "0");
    environment.put("ACKTASK_DEFAULT_POLL_INTERVAL", "1s");
    environment.put("ACKTASK_MIN_POLL_INTERVAL", "1s");
    environment.put("ACKTASK_REQUESTS_PER_MINUTE", "6000");
    this.process =
        new ChildProcess(
            packages.operator(),
            packages.leash(),
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
   * Starts it again if it died.
   *
   * @return what to tell about it
   * @throws IOException when it refuses to run
   */
  public Optional<String> revive() throws IOException {
    if (!process.died()) {
      return Optional.empty();
    }
    int code = process.exitCode();
    if (code < SIGNALED && process.age().compareTo(EARLY) < 0) {
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
