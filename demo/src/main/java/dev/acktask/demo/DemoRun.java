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

/** One run: starts the processes, creates the example objects and waits until all are settled. */
final class DemoRun {
  static final Path EXAMPLE = Path.of("examples", "01-first-task");

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final DemoOptions options;
  private final Screen screen;
  private final DemoResources resources;

  DemoRun(DemoOptions options, Screen screen, DemoResources resources) {
    this.options = options;
    this.screen = screen;
    this.resources = resources;
  }

  /** Returns the objects when all are settled, or when the time limit is reached. */
  List<GenericKubernetesResource> run(KubernetesApi api) throws IOException, InterruptedException {
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
    operator.start();
    Manifests example = Manifests.of(options.root().resolve(EXAMPLE), api.client());
    example.createIn(KubernetesApi.NAMESPACE, api.client());
    screen.say(
        "Try `kill -9 %d` while they do: the operator is started again and loses nothing."
            .formatted(operator.pid()));
    screen.say("");
    try (AckTasks tasks = new AckTasks(api.client())) {
      return watch(tasks, example.objects().size(), operator, deadline);
    } finally {
      screen.close();
    }
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
