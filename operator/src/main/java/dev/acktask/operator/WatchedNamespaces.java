package dev.acktask.operator;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.health.ClusterAuthorities;
import dev.acktask.operator.health.HealthCheck;
import dev.acktask.operator.health.InformerCacheCheck;
import dev.acktask.operator.health.ProbeState;
import dev.acktask.operator.health.ResourceVersionLister;
import dev.acktask.operator.health.ResourceVersionReader;
import dev.acktask.operator.health.Watchdog;
import dev.acktask.operator.kubernetes.ApiServerFailure;
import dev.acktask.operator.kubernetes.KubernetesClients;
import dev.acktask.operator.namespaces.ForbiddenNamespaces;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the watchdog and tracks which namespaces can be watched. A namespace that was forbidden at
 * start is watched as soon as a comparison can list it.
 */
final class WatchedNamespaces {
  private static final Logger log = LoggerFactory.getLogger(WatchedNamespaces.class);

  private final OperatorConfig config;
  private final ForbiddenNamespaces access;
  private final Runnable exit;
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("namespace-starter").factory());
  private final Set<String> watched = new TreeSet<>();

  /**
   * @param exit exits the process at once
   */
  WatchedNamespaces(OperatorConfig config, MeterRegistry meters, ProbeState health, Runnable exit) {
    this.config = config;
    this.exit = exit;
    List<String> namespaces = config.mirroring().watchNamespaces();
    Set<String> names =
        namespaces.isEmpty()
            ? Set.of(ResourceVersionReader.ALL_NAMESPACES)
            : Set.copyOf(namespaces);
    this.access = new ForbiddenNamespaces(names);
    names.forEach(
        name ->
            Gauge.builder(
                    "acktask.operator.namespace.watched",
                    access,
                    current -> current.accessible().contains(name) ? 1 : 0)
                .description(
                    "1 while the operator may list and watch the AckTasks of the namespace.")
                .tag("namespace", name)
                .register(meters));
    health.setDetails(access::details);
  }

  /**
   * Checks which namespaces the operator may list and watch.
   *
   * @return namespaces to watch from the start; empty means all
   * @throws IllegalStateException if the API server forbids all of them
   */
  List<String> accessible(KubernetesClient client) {
    Map<String, ApiServerFailure> forbidden =
        KubernetesClients.findForbiddenNamespaces(client, config.mirroring().watchNamespaces());
    Set<String> listed = new TreeSet<>(config.mirroring().watchNamespaces());
    listed.removeAll(forbidden.keySet());
    access.record(listed, forbidden);
    watched.addAll(listed);
    return List.copyOf(listed);
  }

  /** Builds the watchdog of this process, not started. */
  Watchdog watchdog(List<HealthCheck> checks, Controllers controllers) {
    KubernetesClient client = KubernetesClients.forHealthChecks();
    String authorities = client.getConfiguration().getCaCertFile();
    ClusterAuthorities trusted =
        new ClusterAuthorities(authorities == null ? null : Path.of(authorities));
    ResourceVersionLister server =
        new ResourceVersionLister(
            client,
            AckTask.class,
            config.mirroring().watchNamespaces(),
            config.mirroring().labelSelector(),
            KubernetesClients.TIMEOUT);
    InformerCacheCheck watch =
        new InformerCacheCheck(
            config.lifecycle().livenessInterval(),
            server,
            controllers::knownVersions,
            state -> {
              access.record(state.listed(), state.failures());
              watchNew(controllers);
            },
            trusted::haveChanged,
            System::nanoTime);
    List<HealthCheck> all = new ArrayList<>(checks);
    all.addAll(controllers.cacheChecks(client, config.lifecycle().livenessInterval()));
    return new Watchdog(config.lifecycle().livenessInterval(), all, watch, System::nanoTime, exit);
  }

  /**
   * Watches namespaces that have become accessible. Runs on a separate thread, because the first
   * list may take long and must not block the watchdog. If it fails, the process exits, because the
   * informer cannot be restarted.
   */
  private void watchNew(Controllers controllers) {
    Set<String> all = new TreeSet<>(watched);
    if (config.mirroring().watchNamespaces().isEmpty() || !all.addAll(access.accessible())) {
      return;
    }
    watched.addAll(all);
    starter.execute(
        () -> {
          try {
            controllers.watch(all);
            log.atInfo()
                .addKeyValue("namespaces", String.join(",", all))
                .log("Watching additional namespaces");
          } catch (RuntimeException failure) {
            log.error(
                "A namespace cannot be watched: {}; exiting", StartupFailure.explain(failure));
            exit.run();
          }
        });
  }
}
