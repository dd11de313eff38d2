package dev.acktask.operator;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.config.OperatorConfig;
import dev.acktask.operator.controller.AckTaskController;
import dev.acktask.operator.kubernetes.ApiServerFailure;
import dev.acktask.operator.liveness.ClusterAuthorities;
import dev.acktask.operator.liveness.KubernetesVersions;
import dev.acktask.operator.liveness.ServerVersions;
import dev.acktask.operator.liveness.Visits;
import dev.acktask.operator.liveness.Watchdog;
import dev.acktask.operator.management.Management;
import dev.acktask.operator.namespaces.NamespaceAccess;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Gauge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What observes the running operator: the watchdog, and the namespaces that it can list. A
 * namespace that was forbidden at the start is watched from the comparison on at which it can be
 * listed.
 */
final class Supervision {
  private static final Logger log = LoggerFactory.getLogger(Supervision.class);

  private final OperatorConfig config;
  private final NamespaceAccess access;
  private final Runnable exit;
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("namespace-starter").factory());
  private final Set<String> watched = new TreeSet<>();

  /**
   * @param exit ends the process at once
   */
  Supervision(OperatorConfig config, Management management, Runnable exit) {
    this.config = config;
    this.exit = exit;
    List<String> namespaces = config.watchNamespaces();
    Set<String> names =
        namespaces.isEmpty() ? Set.of(ServerVersions.ALL_NAMESPACES) : Set.copyOf(namespaces);
    this.access = new NamespaceAccess(names);
    names.forEach(
        name ->
            Gauge.builder(
                    "acktask.operator.namespace.watched",
                    access,
                    current -> current.accessible().contains(name) ? 1 : 0)
                .description("1 while the operator may list the AckTasks of the namespace.")
                .tag("namespace", name)
                .register(management.meters()));
    management.details(access::details);
  }

  /**
   * Checks which namespaces the operator may list.
   *
   * @return those to watch from the start; empty means all
   * @throws IllegalStateException when the API server forbids every one
   */
  List<String> accessible(KubernetesClient client) {
    Map<String, ApiServerFailure> refused =
        KubernetesAccess.check(client, config.watchNamespaces());
    Set<String> listed = new TreeSet<>(config.watchNamespaces());
    listed.removeAll(refused.keySet());
    access.record(listed, refused);
    watched.addAll(listed);
    return List.copyOf(listed);
  }

  /** The watchdog of this process, not started. */
  Watchdog watchdog(Visits visits, AckTaskController controller) {
    KubernetesClient client = KubernetesAccess.comparing();
    String authorities = client.getConfiguration().getCaCertFile();
    ClusterAuthorities trusted =
        new ClusterAuthorities(authorities == null ? null : Path.of(authorities));
    KubernetesVersions server =
        new KubernetesVersions(
            client, AckTask.class, config.watchNamespaces(), KubernetesAccess.TIMEOUT);
    return new Watchdog(
        config.livenessInterval(),
        visits,
        server,
        controller::knownVersions,
        state -> {
          access.record(state.listed(), state.failures());
          watchNew(controller);
        },
        trusted::haveChanged,
        System::nanoTime,
        exit);
  }

  /**
   * Starts to watch what has become accessible. The first list of a namespace may take long, and
   * must not stop the watchdog meanwhile. When it fails, the informer cannot be started again, and
   * the process ends.
   */
  private void watchNew(AckTaskController controller) {
    Set<String> all = new TreeSet<>(watched);
    if (config.watchNamespaces().isEmpty() || !all.addAll(access.accessible())) {
      return;
    }
    watched.addAll(all);
    starter.execute(
        () -> {
          try {
            controller.watch(all);
            log.atInfo()
                .addKeyValue("namespaces", String.join(",", all))
                .log("Further namespaces are watched");
          } catch (RuntimeException failure) {
            log.error("A namespace cannot be watched: {}; exiting", StartFailure.explain(failure));
            exit.run();
          }
        });
  }
}
