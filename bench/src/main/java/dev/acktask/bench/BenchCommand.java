package dev.acktask.bench;

import dev.acktask.bench.harness.Harness;
import dev.acktask.bench.harness.Load;
import dev.acktask.bench.harness.Progress;
import dev.acktask.bench.profile.Profile;
import dev.acktask.bench.report.Report;
import dev.acktask.bench.report.Section;
import dev.acktask.bench.scenario.Scenario;
import dev.acktask.e2e.cluster.ControlPlane;
import dev.acktask.e2e.cluster.ControlPlaneBinaries;
import dev.acktask.e2e.cluster.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench/run.sh}. */
@Command(
    name = "bench/run.sh",
    description = {
      "",
      "Measures the cost and the delay of the operator: a real Kubernetes API server, the"
          + " simulator, and the packaged operator as a separate process.",
      ""
    },
    footer = {
      "",
      "Example: the cost of a poll at 5,000 tasks, and where it goes:",
      "  bench/run.sh --tasks 5000 --scenarios steady --jfr steady.jfr",
      "",
      "Exit codes: 0 measured; 1 something broke; 2 wrong usage."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true)
final class BenchCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create(); // replaced by picocli

  @Option(
      names = "--tasks",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Tasks that run (default: ${DEFAULT-VALUE}).")
  int tasks;

  @Option(
      names = "--finished",
      paramLabel = "N",
      defaultValue = "0",
      description = "Tasks beside them that have ended from the start (default: ${DEFAULT-VALUE}).")
  int finished;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      defaultValue = "15s",
      description = "Poll interval of each task (default: ${DEFAULT-VALUE}).")
  Duration interval = Duration.ofSeconds(15);

  @Mixin CloudOptions cloud = new CloudOptions();

  @Option(
      names = "--objects-first",
      description =
          "Create the objects before the operator starts: what its first start in a full cluster"
              + " costs.")
  boolean objectsFirst;

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      defaultValue = "1m",
      description = "From the last task mirrored to the first figure (default: ${DEFAULT-VALUE}).")
  Duration warmUp = Duration.ofMinutes(1);

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      defaultValue = "1m",
      description = "How long a steady state is measured (default: ${DEFAULT-VALUE}).")
  Duration window = Duration.ofMinutes(1);

  @Option(
      names = "--scenarios",
      paramLabel = "NAME",
      split = ",",
      description =
          "What to measure after the start: ${COMPLETION-CANDIDATES}; all but trusted, fairness,"
              + " start and writes unless given.")
  Set<Scenario> scenarios =
      EnumSet.complementOf(
          EnumSet.of(Scenario.TRUSTED, Scenario.FAIRNESS, Scenario.START, Scenario.WRITES));

  @Option(
      names = "--requests-per-minute",
      paramLabel = "N",
      defaultValue = "600000",
      description = "The operator's limiter; open unless given (default: ${DEFAULT-VALUE}).")
  int requestsPerMinute;

  @Option(
      names = "--burst",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Calls that the limiter lets through at once (default: ${DEFAULT-VALUE}).")
  int burst;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      defaultValue = "512m",
      description =
          "Memory limit of the operator's container, of which the JVM derives its heap (default:"
              + " ${DEFAULT-VALUE}).")
  String memory = "512m";

  @Option(
      names = "--java-option",
      paramLabel = "OPTION",
      description = "One more option of the operator's JVM. Repeatable.")
  List<String> javaOptions = new ArrayList<>();

  @Option(
      names = "--jfr",
      paramLabel = "FILE",
      description = "Record the steady window with JFR, and show where the CPU went.")
  @Nullable Path jfr;

  @Option(
      names = {"--baseline", "--ordinary"},
      description = {
        "Measure the plain Go poller of bench/baseline instead of the operator; needs Go.",
        "It has neither a limiter nor a JVM, so that their options do nothing."
      })
  boolean baseline;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures as JSON.")
  @Nullable Path json;

  @Override
  public Integer call() throws IOException {
    if (baseline && jfr != null) {
      throw new ParameterException(spec.commandLine(), "--jfr records a JVM; --baseline has none");
    }
    Load load =
        new Load(
            tasks,
            finished,
            interval,
            cloud.answers(),
            new Load.Timing(warmUp, window, objectsFirst),
            new Load.OperatorSettings(requestsPerMinute, burst, memory, javaOptions, baseline));
    Progress progress = new Progress(System.err);
    Report report = new Report(Circumstances.of(load), measure(load, progress));
    System.out.println(report.table());
    if (jfr != null) {
      System.out.println(Profile.read(jfr).table());
    }
    if (json != null) {
      Files.writeString(json, report.json());
    }
    return 0;
  }

  private List<Section> measure(Load load, Progress progress) {
    progress.say("starting the control plane");
    try (ControlPlane controlPlane =
            ControlPlane.startWithChart(binaries(), Settings.output().resolve("control-plane"));
        Harness harness = Harness.prepare(load, controlPlane, progress)) {
      List<Section> sections = new ArrayList<>();
      for (Scenario scenario : Scenario.values()) {
        if (scenario == Scenario.MIRROR || scenarios.contains(scenario)) {
          sections.add(measure(scenario, harness));
        }
      }
      return sections;
    }
  }

  private Section measure(Scenario scenario, Harness harness) {
    Path recording = jfr;
    if (recording == null || scenario != Scenario.STEADY) {
      return scenario.run(harness);
    }
    return Profile.record(harness.operatorPid(), recording, () -> scenario.run(harness));
  }

  private static ControlPlaneBinaries binaries() {
    return switch (ControlPlaneBinaries.search()) {
      case ControlPlaneBinaries.Search.Found found -> found.binaries();
      case ControlPlaneBinaries.Search.Missing missing ->
          throw new IllegalStateException("there is no control plane: " + missing.reason());
    };
  }
}
