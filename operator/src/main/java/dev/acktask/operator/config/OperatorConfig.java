package dev.acktask.operator.config;

import dev.acktask.operator.task.RegionId;
import dev.acktask.operator.text.Parsed;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The complete and valid configuration of the process, parsed once at start.
 *
 * @param connection the built-in connection
 */
public record OperatorConfig(
    Connection connection,
    Calls calls,
    Polling polling,
    Mirroring mirroring,
    Metrics metrics,
    Lifecycle lifecycle) {

  /**
   * One account in one region.
   *
   * @param region region of its tasks; null means that there is no such connection
   * @param publicNetwork whether the endpoint must resolve to public addresses
   * @param endpoints URL templates of the cloud
   * @param requestBurst maximum number of requests without a pause
   */
  public record Connection(
      @Nullable RegionId region,
      boolean publicNetwork,
      Endpoints endpoints,
      int requestsPerMinute,
      int requestBurst) {}

  /**
   * URL templates, not validated.
   *
   * @param api of Container Service
   * @param sts of STS, for the sessions of connections
   * @param allowPlaintext for tests and the demo only
   */
  public record Endpoints(Templates api, Templates sts, boolean allowPlaintext) {
    /** Reads the templates alone, so that they can be checked also if another setting is wrong. */
    public static Endpoints of(Map<String, String> environment) {
      return new ConfigParser(environment).endpoints();
    }
  }

  /** The URL templates of one service, by network. */
  public record Templates(String publicNetwork, String vpc) {}

  /**
   * Limits of the calls to the cloud.
   *
   * @param timeout deadline of a whole call, including the response body
   * @param maxResponseBytes maximum size of a response body in bytes
   */
  public record Calls(Duration timeout, int maxResponseBytes, int maxConcurrent) {}

  /** How often a task is polled. */
  public record Polling(
      Duration defaultInterval, Duration minimumInterval, Duration notFoundGrace) {}

  /**
   * What is mirrored, and how.
   *
   * @param watchNamespaces empty means all
   * @param labelSelector selects the objects by their labels; empty selects all
   * @param redactKeys additional parts of names whose values are masked
   * @param stageTimeZone time zone of the times of stages; null if unknown
   */
  public record Mirroring(
      List<String> watchNamespaces,
      String labelSelector,
      List<String> redactKeys,
      @Nullable ZoneId stageTimeZone) {
    public Mirroring {
      watchNamespaces = List.copyOf(watchNamespaces);
      redactKeys = List.copyOf(redactKeys);
    }
  }

  /**
   * The metrics and their port.
   *
   * @param port 0 for any free port
   * @param taskLimit maximum number of tasks with per-task metrics; 0 for none
   * @param withTaskId whether the metrics contain task ids
   * @param authentication whether a request needs a bearer token of the cluster
   */
  public record Metrics(int port, int taskLimit, boolean withTaskId, boolean authentication) {}

  /**
   * Probes, liveness and leader election.
   *
   * @param healthPort port of the probes; 0 for any free port
   * @param livenessInterval time between two checks of the watch
   */
  public record Lifecycle(
      int healthPort, Duration livenessInterval, boolean leaderElection, String leaseName) {}

  /** Reads the configuration from {@code environment}, reporting all problems at once. */
  public static Parsed<OperatorConfig> parse(Map<String, String> environment) {
    return new ConfigParser(environment).parse();
  }
}
