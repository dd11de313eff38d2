package dev.acktask.demo;

import dev.acktask.demo.kubernetes.CurrentContext;
import dev.acktask.demo.kubernetes.EmbeddedApi;
import dev.acktask.demo.kubernetes.KubernetesApi;
import dev.acktask.demo.screen.AnsiColors;
import dev.acktask.demo.screen.Screen;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.util.List;

/** The whole demo: starts it, runs it and prints the result. */
final class Demo {
  private final DemoOptions options;
  private final List<ScriptedOutcome> scripted;
  private final Screen screen;
  private final AnsiColors colors;

  Demo(DemoOptions options, List<ScriptedOutcome> scripted, Screen screen, AnsiColors colors) {
    this.options = options;
    this.scripted = List.copyOf(scripted);
    this.screen = screen;
    this.colors = colors;
  }

  /** Returns true when every task ended as its script says. */
  boolean run(DemoResources resources) throws IOException, InterruptedException {
    RunFolder folder = RunFolder.emptied(options.logs());
    folder.redirectLibraryLogs();
    KubernetesApi api = resources.add(api());
    api.open();
    introduce();
    List<GenericKubernetesResource> tasks =
        new DemoRun(options, screen, resources).run(api, scripted.size());
    if (resources.isShuttingDown()) {
      return false;
    }
    folder.keep(tasks);
    DemoResult result = new DemoResult(scripted, tasks);
    result.printTo(screen, colors);
    if (options.cluster()) {
      Kubectl.getAckTasks(screen);
    }
    boolean asScripted = result.isAsScripted();
    screen.say("");
    screen.say("Logs and the whole objects: " + options.logs());
    if (asScripted) {
      screen.say("Read next: examples/01-first-task/README.md, then docs/discovery.md");
    }
    return asScripted;
  }

  private KubernetesApi api() {
    return options.cluster()
        ? new CurrentContext(options.root(), screen::say)
        : new EmbeddedApi(options.root(), options.logs());
  }

  private void introduce() {
    screen.say(
        options.cluster()
            ? "The operator and a simulated ACK cloud start on this machine; the objects live in"
                + " namespace "
                + KubernetesApi.NAMESPACE
                + " of your cluster."
            : "A Kubernetes API, a simulated ACK cloud and the operator start on this machine.");
    screen.say(
        "Six tasks play, %.0f times as fast as in the cloud, in about half a minute: three succeed,"
                .formatted(options.speed())
            + " two fail, one is paused and canceled.");
    screen.say(
        "Five have an AckTask already. The sixth, an upgrade by ACK's own maintenance, has none:"
            + " it appears by itself, by an AckTaskDiscovery.");
  }
}
