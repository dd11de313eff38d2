package dev.acktask.demo;

import dev.acktask.demo.kubernetes.AckTasks;
import dev.acktask.demo.kubernetes.KubernetesApi;
import dev.acktask.demo.kubernetes.Manifests;
import dev.acktask.demo.process.OperatorProcess;
import dev.acktask.demo.process.SimulatorProcess;
import dev.acktask.demo.screen.Screen;
import dev.acktask.demo.screen.TaskRow;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One run: creates the example objects, starts the processes and waits until all are settled. */
final class DemoRun {
  static final Path EXAMPLE = Path.of("examples", "01-first-task");
  static final Path DISCOVERY = EXAMPLE.resolve("discovery");

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final DemoOptions options;
  private final Screen screen;
  private final DemoResources resources;

  DemoRun(DemoOptions options, Screen screen, DemoResources resources) {
    this.options = options;
    this.screen = screen;
    this.resources = resources;
  }

  /**
   * Returns the objects when all are settled, or when the time limit is reached.
   *
   * @param expected number of AckTasks, with those that the discovery creates
   */
  List<GenericKubernetesResource> run(KubernetesApi api, int expected)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(options.limit());
    SimulatorProcess simulator =
        resources.add(new SimulatorProcess(options.root(), options.logs(), options.speed()));
    OperatorProcess operator =
        resources.add(
            new OperatorProcess(
                options.root(),
                options.logs(),
                api.environment(),
                KubernetesApi.NAMESPACE,
                simulator.start()));
    // Before the operator starts: the discovery skips a task only if its AckTask is there.
    create(EXAMPLE, api);
    create(DISCOVERY, api);
    operator.start();
    screen.say(
        "Try `kill -9 %d` while they do: the operator is started again and loses nothing."
            .formatted(operator.pid()));
    screen.say("");
    try (AckTasks tasks = new AckTasks(api.client())) {
      return watch(tasks, expected, operator, deadline);
    } finally {
      screen.close();
    }
  }

  private void create(Path folder, KubernetesApi api) throws IOException {
    Manifests.of(options.root().resolve(folder), api.client())
        .createIn(KubernetesApi.NAMESPACE, api.client());
  }

  private List<GenericKubernetesResource> watch(
      AckTasks tasks, int expected, OperatorProcess operator, Instant deadline)
      throws IOException, InterruptedException {
    while (true) {
      List<GenericKubernetesResource> now = tasks.now();
      screen.show(now.stream().map(TaskRow::of).toList(), Instant.now());
      boolean settled = now.size() == expected && now.stream().allMatch(AckTasks::settled);
      if (settled || resources.isShuttingDown() || Instant.now().isAfter(deadline)) {
        return now;
      }
      operator.restartIfDead().ifPresent(screen::say);
      Thread.sleep(POLL_INTERVAL);
    }
  }
}
