package dev.acktask.simulator.cli;

import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.account.Cluster;
import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.list.ListBehaviourParser;
import dev.acktask.simulator.script.SyntheticTasks;
import dev.acktask.simulator.script.TaskScript;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options about generated tasks and lists of the default account. */
final class DefaultAccountOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--generate",
      paramLabel = "N",
      defaultValue = "0",
      description = "Also play N synthetic tasks, T-sim-00001 and so on, that run and succeed.")
  int count;

  @Option(
      names = "--generate-length",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description = "How long they run at speed 1, give or take 20%% (default: ${DEFAULT-VALUE}).")
  Duration length = Duration.ofMinutes(10);

  @Option(
      names = "--generate-clusters",
      paramLabel = "N",
      defaultValue = "1",
      description = "Spread them over N clusters (default: ${DEFAULT-VALUE}).")
  int clusters = 1;

  @Option(
      names = "--generate-history",
      paramLabel = "N",
      defaultValue = "0",
      description = "Each of these clusters also has N tasks that finished within the last day.")
  int history;

  @Option(
      names = "--list",
      paramLabel = "KEY=VALUE",
      description = {
        "How lists of tasks behave, for example order=random: the keys of 'lists' in",
        "docs/simulator.md. Repeatable."
      })
  Map<String, String> lists = new LinkedHashMap<>();

  /** The generated tasks that run. */
  List<TaskScript> tasks(long seed) {
    requireRange("--generate", count, 0, 99_999);
    requireRange("--generate-clusters", clusters, 1, 1_000);
    requireRange("--generate-history", history, 0, 10_000);
    return SyntheticTasks.of(count, length, seed, clusters);
  }

  /**
   * How lists behave.
   *
   * @throws dev.acktask.simulator.yaml.YamlException when a key or value is wrong
   */
  ListBehaviour behaviour() {
    return ListBehaviourParser.parse("--list", lists);
  }

  /** Adds the generated tasks that are over. */
  void putHistory(SimulatedRegion region) {
    for (int number = 1; history > 0 && number <= clusters; number++) {
      region.putCluster(Cluster.of(SyntheticTasks.clusterId(number)).withHistory(history));
    }
  }

  private void requireRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s takes a number from %d to %d".formatted(option, least, most));
    }
  }
}
