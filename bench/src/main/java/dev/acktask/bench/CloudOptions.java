package dev.acktask.bench;

import dev.acktask.bench.cloud.Answers;
import dev.acktask.bench.cloud.Clusters;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about the simulated cloud. */
final class CloudOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create(); // replaced by picocli

  @Option(
      names = "--latency",
      paramLabel = "DURATION",
      defaultValue = "20ms",
      description = "The cloud takes so long for each answer (default: ${DEFAULT-VALUE}).")
  Duration latency = Duration.ofMillis(20);

  @Option(
      names = "--varying",
      description =
          "Each answer about a task has a different request id, so that no two answers are equal.")
  boolean varying;

  @Option(
      names = "--clusters",
      paramLabel = "N",
      defaultValue = "1",
      description = "Spread the tasks over N clusters (default: ${DEFAULT-VALUE}).")
  int clusters = 1;

  @Option(
      names = "--history",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "The list of each cluster has N finished tasks that no AckTask names (default:"
              + " ${DEFAULT-VALUE}).")
  int history;

  @Option(
      names = "--frozen-updated",
      description = "The time 'updated' of a task does not move when the task changes.")
  boolean frozenUpdated;

  /**
   * The answers of the cloud.
   *
   * @throws ParameterException when a number is out of range
   */
  Answers answers() {
    try {
      return new Answers(latency, varying, new Clusters(clusters, history, frozenUpdated));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
