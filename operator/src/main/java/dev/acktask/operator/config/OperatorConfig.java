package dev.acktask.operator.config;

import dev.acktask.operator.text.Parsed;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The complete and valid configuration of the process, parsed once at start.
 *
 * @param watchNamespaces empty means all
 * @param region region of the default connection
 * @param endpoint URL template of the API for the chosen network
 * @param publicNetwork whether the endpoint must resolve to public addresses
 * @param allowPlaintextEndpoint for tests and the demo only
 * @param callTimeout deadline of a whole call, including the response body
 * @param redactKeys additional parts of names whose values are masked
 * @param managementPort port of the metrics; 0 for any free port
 * @param healthPort port of the probes; 0 for any free port
 * @param metricsTaskLimit maximum number of tasks with per-task metrics; 0 for none
 * @param metricsTaskId whether the metrics contain task ids
 * @param metricsAuthentication whether metrics need a bearer token of the cluster
 * @param maxResponseBytes maximum size of a response body in bytes
 * @param stageTimeZone time zone of the times of stages; null if unknown
 */
public record OperatorConfig(
    List<String> watchNamespaces,
    String region,
    String endpoint,
    boolean publicNetwork,
    boolean allowPlaintextEndpoint,
    Duration defaultPollInterval,
    Duration minPollInterval,
    Duration notFoundGrace,
    Duration callTimeout,
    int maxResponseBytes,
    int maxConcurrentCalls,
    int requestsPerMinute,
    int requestBurst,
    List<String> redactKeys,
    int managementPort,
    int healthPort,
    int metricsTaskLimit,
    boolean metricsTaskId,
    boolean metricsAuthentication,
    boolean leaderElection,
    String leaseName,
    Duration livenessInterval,
    @Nullable ZoneId stageTimeZone) {

  public OperatorConfig {
    watchNamespaces = List.copyOf(watchNamespaces);
    redactKeys = List.copyOf(redactKeys);
  }

  /** Reads the configuration from {@code environment}, reporting all problems at once. */
  public static Parsed<OperatorConfig> parse(Map<String, String> environment) {
    return new ConfigParser(environment).parse();
  }
}
