package dev.acktask.simulator.cli;

import dev.acktask.simulator.SimulatedRegion;
import dev.acktask.simulator.Simulator;
import dev.acktask.simulator.SimulatorBuilder;
import dev.acktask.simulator.account.AccountsConfig;
import dev.acktask.simulator.list.ListBehaviour;
import dev.acktask.simulator.script.ScriptFiles;
import dev.acktask.simulator.script.TaskScript;
import dev.acktask.simulator.yaml.YamlException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code acktask-simulator}. */
@Command(
    name = "acktask-simulator",
    description = {
      "",
      "A fake Alibaba Cloud ACK endpoint. It plays scripted tasks and faults, so that gates and"
          + " alerts on AckTask objects can be rehearsed before a real upgrade.",
      ""
    },
    footer = {
      "",
      "Example: all ready scripts, an hour in a minute:",
      "  acktask-simulator --port 18080 --scripts scripts --speed 60",
      "",
      "Exit codes: 1 the machine refused (port, file); 2 bad input; 143 ended by SIGTERM."
    },
    subcommands = AwaitCommand.class,
    mixinStandardHelpOptions = true,
    versionProvider = VersionFromManifest.class,
    sortOptions = false,
    usageHelpAutoWidth = true)
final class SimulatorCommand implements Callable<Integer> {
  static final String DEFAULT_KEY_ID = "simulatorAccessKeyId";
  static final String DEFAULT_SECRET = "simulatorAccessKeySecret";

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--scripts",
      paramLabel = "DIR|FILE",
      description = "Task scripts to play: a file, or a folder of .yaml files. Repeatable.")
  List<Path> scripts = new ArrayList<>();

  @Option(
      names = "--accounts",
      paramLabel = "FILE",
      description = {
        "More accounts, with keys, RAM roles for STS, regions, clusters and tasks.",
        "Changes of the file are applied while the simulator runs."
      })
  Optional<Path> accountsFile = Optional.empty();

  @Mixin DefaultAccountOptions defaultAccount = new DefaultAccountOptions();

  @Option(
      names = "--speed",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Divides all times of the scripts: 60 plays an hour in a minute.")
  double speed;

  @Mixin ServerOptions server = new ServerOptions();

  @Option(
      names = "--port-file",
      paramLabel = "FILE",
      description = "Write the port to FILE once listening; FILE appears complete or not at all.")
  Optional<Path> portFile = Optional.empty();

  @Option(
      names = "--access-key-id",
      paramLabel = "ID",
      defaultValue = DEFAULT_KEY_ID,
      description = "The key that is accepted (default: ${DEFAULT-VALUE}).")
  String accessKeyId = DEFAULT_KEY_ID;

  @Option(
      names = "--access-key-secret",
      paramLabel = "SECRET",
      defaultValue = DEFAULT_SECRET,
      description = "Its secret (default: ${DEFAULT-VALUE}). Do not use a real one.")
  String accessKeySecret = DEFAULT_SECRET;

  @Option(names = "--no-verify", description = "Answer every request; do not verify signatures.")
  boolean noVerify;

  @Option(
      names = "--latency",
      paramLabel = "TIME[-TIME]",
      defaultValue = "0s",
      description = "Delay each answer: 200ms, or 50ms-300ms for a time between the two.")
  LatencyRange latency = new LatencyRange(Duration.ZERO, Duration.ZERO);

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of all random values, so that runs are reproducible (default: 0).")
  long seed;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Append each request and its answer to FILE, one JSON object per line.")
  Optional<Path> record = Optional.empty();

  @Option(names = "--verbose", description = "One line for each request, on stderr.")
  boolean verbose;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<TaskScript> tasks = tasks();
    ListBehaviour behaviour = behaviour();
    Optional<AccountsSource> source = accountsFile.map(f -> new AccountsSource(f, accessKeyId));
    AccountsConfig accounts = accounts(source);
    try (SimulatorLog log = SimulatorLog.open(spec.commandLine().getErr(), verbose, record);
        Simulator simulator = start(builder().accounts(accounts).observer(log))) {
      SimulatedRegion everyRegion =
          simulator.account(Simulator.DEFAULT_ACCOUNT).region(SimulatorBuilder.DEFAULT_REGION);
      everyRegion.listBehaviour(behaviour);
      defaultAccount.putHistory(everyRegion);
      tasks.forEach(everyRegion::play);
      new Greeting(simulator.endpoint(), tasks, accounts, this).printTo(out);
      if (portFile.isPresent()) {
        PortFile.write(portFile.get(), simulator.port());
      }
      // Until SIGTERM or SIGINT.
      if (source.isPresent()) {
        new AccountsReload(source.get(), simulator::configure, log::line).run();
      } else {
        new CountDownLatch(1).await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the way to end it in a test
    }
    return 0;
  }

  private List<TaskScript> tasks() {
    try {
      List<TaskScript> tasks = new ArrayList<>(ScriptFiles.load(scripts));
      tasks.addAll(defaultAccount.tasks(seed));
      return tasks;
    } catch (YamlException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private ListBehaviour behaviour() {
    try {
      return defaultAccount.behaviour();
    } catch (YamlException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private AccountsConfig accounts(Optional<AccountsSource> source) {
    try {
      return source.map(AccountsSource::load).orElse(AccountsConfig.NONE);
    } catch (YamlException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private SimulatorBuilder builder() {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw bad("--speed takes a positive number");
    }
    SimulatorBuilder builder =
        Simulator.builder()
            .credential(accessKeyId, accessKeySecret)
            .speed(speed)
            .latency(latency.least(), latency.most())
            .seed(seed);
    return server.applyTo(noVerify ? builder.withoutVerification() : builder);
  }

  private Simulator start(SimulatorBuilder builder) throws IOException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on "
              + server.bind.getHostAddress()
              + ":"
              + server.port
              + ": "
              + e.getMessage(),
          e);
    }
  }

  private ParameterException bad(String problem) {
    return new ParameterException(spec.commandLine(), problem);
  }
}
