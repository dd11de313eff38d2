package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.framework.OptionalController;
import dev.acktask.operator.health.HealthCheck;
import dev.acktask.operator.kubernetes.KindAccess;
import dev.acktask.operator.kubernetes.KubernetesStatusStore;
import dev.acktask.operator.metrics.DiscoveryTasks;
import dev.acktask.operator.polling.Sweeps;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The controller of the discoveries. It starts after that of the AckTasks: an AckTask that is not
 * in the cache yet would be created a second time in another namespace.
 */
public final class DiscoveryControllers {
  /** The name of the controller in the metrics and logs of the framework. */
  public static final String NAME = DiscoveryReconciler.NAME;

  private final DiscoveryReconciler reconciler;
  private final OptionalController<AckTaskDiscovery> controller;
  private volatile boolean isStarted;

  /**
   * @param client creates AckTasks and writes the status
   * @param tasks the AckTasks of all watched namespaces
   * @param listener receives the results of all sweeps
   */
  public DiscoveryControllers(
      KubernetesClient client,
      KindAccess access,
      Sweeps sweeps,
      AckTaskIndex tasks,
      DiscoveryReporting reporting,
      DiscoverySweepListener listener) {
    this.reconciler =
        new DiscoveryReconciler(
            sweeps,
            new KnownAckTasks(tasks, reporting.connections(), reporting.clock()),
            new KubernetesAckTaskCreator(client, reporting.isLeader()),
            new KubernetesStatusStore<>(client, AckTaskDiscovery.class, AckTaskDiscovery::new),
            reporting,
            listener);
    this.controller =
        new OptionalController<>(AckTaskDiscovery.class, reconciler, reconciler.objects(), access);
  }

  /**
   * Registers the controller if discoveries can be listed and AckTasks be created.
   *
   * @param operator without controllers
   * @param namespaces to watch; empty means all
   */
  public void register(Operator operator, List<String> namespaces) {
    controller.register(operator, namespaces, "", settings -> {});
  }

  /** Starts the controller if it is registered. */
  public void start() {
    controller.start();
    isStarted = true;
  }

  public void stop() {
    controller.stop();
  }

  /** True once all discoveries that can be listed are known. */
  public boolean isStarted() {
    return isStarted;
  }

  /** The cached objects; empty before the watch runs. */
  public List<AckTaskDiscovery> known() {
    return reconciler.objects().all();
  }

  /** The cached object with this name. */
  public Optional<AckTaskDiscovery> find(ResourceID id) {
    return reconciler.objects().find(id);
  }

  /** The numbers of the tasks that the discoveries select. */
  public List<DiscoveryTasks> tasks() {
    return reconciler.tasks();
  }

  /** Changes the watched namespaces. */
  public void watch(Set<String> namespaces) {
    controller.watch(namespaces);
  }

  /** See {@link OptionalController#cacheChecks}. */
  public List<HealthCheck> cacheChecks(KubernetesClient client, Duration interval) {
    return controller.cacheChecks(client, interval);
  }
}
