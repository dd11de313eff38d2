package dev.acktask.demo.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The simulated cloud of the demo: plays the account of the example, faster than real time. */
public final class SimulatorProcess implements AutoCloseable {
  /** The key of the account. */
  static final String ACCESS_KEY_ID = "exampleKeyOfDemo";

  static final String ACCESS_KEY_SECRET = "exampleSecretOfDemo";

  private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private final ChildProcess process;
  private final Path portFile;

  /**
   * @param root of the repository
   * @param logs folder of the log and of the port file
   * @param speed divides all times of the scripts
   */
  public SimulatorProcess(Path root, Path logs, double speed) {
    Packages packages = new Packages(root);
    this.portFile = logs.resolve("simulator.port");
    this.process =
        new ChildProcess(
            packages.simulator(),
            packages.parentProcessMonitor(),
            List.of(
                "--accounts",
                packages.accounts().toString(),
                "--speed",
                Double.toString(speed),
                "--port-file",
                portFile.toString(),
                "--verbose"),
            Map.of(),
            logs.resolve("simulator.log"));
  }

  /** Returns the URL once it listens. */
  public String start() throws IOException, InterruptedException {
    process.start();
    Instant deadline = Instant.now().plus(START_TIMEOUT);
    while (!Files.exists(portFile)) {
      if (process.died() || Instant.now().isAfter(deadline)) {
        throw new IOException("The simulator did not start; see " + process.log());
      }
      Thread.sleep(POLL_INTERVAL);
    }
    return "http://127.0.0.1:" + Files.readString(portFile).strip();
  }

  @Override
  public void close() {
    process.close();
  }
}
