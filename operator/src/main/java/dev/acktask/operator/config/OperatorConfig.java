package dev.acktask.operator.config;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one run: parsed once, complete and valid, or not at all.
 *
 * @param watchNamespaces empty means all
 * @param region of the operator's own connection
 * @param endpoint URL template of the API for the chosen network
 * @param publicNetwork whether the endpoint must resolve to public addresses
 * @param allowPlaintextEndpoint tests and the demo only
 * @param callTimeout bounds a whole call, body included
 * @param redactKeys parts of names whose values are masked, besides the built-in ones
 * @param managementPort of the metrics; 0 for any free one
 * @param healthPort of the probes; 0 for any free one
 * @param metricsTaskLimit tasks with metrics of their own; 0 for none
 * @param metricsTaskId whether the metrics name the ids of tasks
 * @param metricsAuthentication whether metrics need a bearer token of the cluster
 * @param maxResponseBytes largest answer that is read
 * @param stageTimeZone of the times of stages; null when nobody knows it
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

  /** A configuration, or everything that is wrong with it. */
  public sealed interface Parsed {}

  /** The configuration is complete. */
  public record Valid(OperatorConfig config) implements Parsed {}

  /**
   * The operator must not start.
   *
   * @param problems one line each: the variable, what is wrong and what to do
   */
  public record Invalid(List<String> problems) implements Parsed {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /** Reads the configuration from {@code environment}, reporting all problems at once. */
  public static Parsed parse(Map<String, String> environment) {
    return new ConfigParser(environment).parse();
  }
}
