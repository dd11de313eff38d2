package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.framework.FailureBackoff;
import dev.acktask.operator.framework.FrameworkSettings;
import dev.acktask.operator.health.HealthCheck;
import dev.acktask.operator.health.InformerCacheCheck;
import dev.acktask.operator.health.ResourceVersionLister;
import dev.acktask.operator.kubernetes.KubernetesClients;
import dev.acktask.operator.metrics.DiscoveryTasks;
import dev.acktask.operator.polling.Sweeps;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.processing.Controller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The controller of the discoveries. It starts after that of the AckTasks: an AckTask that is not
 * in the cache yet would be created a second time in another namespace.
 */
public final class DiscoveryControllers {
  /** The name of the controller in the metrics and logs of the framework. */
  public static final String NAME = DiscoveryReconciler.NAME;

  private final DiscoveryAccess access;
  private final DiscoveryReconciler reconciler;
  private @Nullable Operator operator;
  private List<String> namespaces = List.of();
  private volatile @Nullable RegisteredController<?> registered;

  /**
   * @param client creates AckTasks and writes the status
   * @param tasks the AckTasks of all watched namespaces
   */
  public DiscoveryControllers(
      KubernetesClient client,
      DiscoveryAccess access,
      Sweeps sweeps,
      AckTaskIndex tasks,
      DiscoveryReporting reporting) {
    this.access = access;
    this.reconciler =
        new DiscoveryReconciler(
            sweeps,
            new KnownAckTasks(tasks, reporting.connections(), reporting.clock()),
            new KubernetesAckTaskCreator(client, reporting.isLeader()),
            new KubernetesDiscoveryStore(client),
            reporting);
  }

  /**
   * Registers the controller if discoveries can be listed and AckTasks be created.
   *
   * @param operator without controllers
   * @param namespaces to watch; empty means all
   */
  public void register(Operator operator, List<String> namespaces) {
    this.operator = operator;
    List<String> allowed = access.in(namespaces);
    this.namespaces = allowed;
    if (namespaces.isEmpty() ? access.hasAll() : !allowed.isEmpty()) {
      registered =
          operator.register(
              reconciler,
              settings -> {
                settings
                    .withReconciliationMaxInterval(FrameworkSettings.RESYNC_INTERVAL)
                    .withRetry(new FailureBackoff(() -> ThreadLocalRandom.current().nextDouble()))
                    .withInformerListLimit(FrameworkSettings.LIST_PAGE_SIZE);
                if (namespaces.isEmpty()) {
                  settings.watchingAllNamespaces();
                } else {
                  settings.settingNamespaces(Set.copyOf(allowed));
                }
              });
    }
  }

  /** Starts the controller if it is registered. */
  public void start() {
    if (operator != null && registered != null) {
      operator.start();
    }
  }

  public void stop() {
    if (operator != null) {
      operator.stop();
    }
  }

  /** The cached objects; empty before the watch runs. */
  public List<AckTaskDiscovery> known() {
    return reconciler.known();
  }

  /** The numbers of the tasks that the discoveries select. */
  public List<DiscoveryTasks> tasks() {
    return reconciler.tasks();
  }

  /** Changes the watched namespaces. */
  public void watch(Set<String> namespaces) {
    if (registered instanceof Controller<?> controller) {
      Set<String> allowed = new HashSet<>(access.in(new ArrayList<>(namespaces)));
      controller.getEventSourceManager().changeNamespaces(allowed);
    }
  }

  /**
   * Checks that compare the cache with the API server.
   *
   * @param client separate from that of the watch
   * @param interval time between two comparisons
   */
  public List<HealthCheck> cacheChecks(KubernetesClient client, Duration interval) {
    if (registered == null) {
      return List.of();
    }
    List<String> compared = namespaces;
    return List.of(
        new InformerCacheCheck(
            interval,
            new ResourceVersionLister(
                client, AckTaskDiscovery.class, compared, "", KubernetesClients.TIMEOUT),
            skipped ->
                reconciler.knownVersions(
                    namespace ->
                        !skipped.contains(namespace)
                            && (compared.isEmpty() || compared.contains(namespace))),
            state -> {},
            () -> false,
            System::nanoTime));
  }
}
