package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.framework.OptionalController;
import dev.acktask.operator.health.HealthCheck;
import dev.acktask.operator.kubernetes.KindAccess;
import dev.acktask.operator.kubernetes.KubernetesStatusStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.event.Level;

/**
 * The controller of the gates. It starts after that of the AckTasks, whose cache it reads, and
 * before that of the discoveries, so that their first sweeps count.
 */
public final class GateControllers {
  /** The name of the controller in the metrics and logs of the framework. */
  public static final String NAME = GateReconciler.NAME;

  private final ClusterLists lists;
  private final GateReconciler reconciler;
  private final OptionalController<AckTaskGate> controller;

  /**
   * @param client checks which gates can be listed, and writes their status
   * @param tasks the AckTasks of all watched namespaces
   * @param lists what the sweeps of the discoveries found
   */
  public GateControllers(
      KubernetesClient client,
      GateTaskCache tasks,
      DiscoveryCache discoveries,
      ClusterLists lists,
      GateReporting reporting) {
    this.lists = lists;
    SelectedAckTasks selectedTasks = new SelectedAckTasks(tasks);
    this.reconciler =
        new GateReconciler(
            new GateEvidenceReader(tasks, discoveries, lists, selectedTasks),
            lists,
            selectedTasks,
            new KubernetesStatusStore<>(client, AckTaskGate.class, AckTaskGate::new),
            reporting);
    this.controller =
        new OptionalController<>(
            AckTaskGate.class,
            reconciler,
            reconciler.objects(),
            new KindAccess(client, AckTaskGate.class, Level.WARN));
  }

  /**
   * Registers the controller if gates can be listed.
   *
   * @param operator without controllers
   * @param namespaces to watch; empty means all
   * @param labelSelector of the gates to watch; empty selects all
   */
  public void register(Operator operator, List<String> namespaces, String labelSelector) {
    controller.register(
        operator,
        namespaces,
        labelSelector,
        settings ->
            settings
                // The default ignores a status that another client wrote.
                .withGenerationAware(false)
                .withOnUpdateFilter(GateUpdateFilter::accepts));
  }

  /** Starts the controller if it is registered. */
  public void start() {
    controller.start();
  }

  public void stop() {
    controller.stop();
  }

  /**
   * An AckTask changed. To be called once the cache has the change.
   *
   * @param versions the AckTask before and after the change; one if it was created or deleted
   */
  public void taskChanged(List<AckTask> versions) {
    reconciler.events().taskChanged(versions);
  }

  /** All discoveries are listed: the others do not exist. */
  public void discoveriesStarted() {
    lists.index().withDiscovery().forEach(reconciler.events()::raiseEvent);
  }

  /** The cached objects; empty before the watch runs. */
  public List<AckTaskGate> known() {
    return reconciler.objects().all();
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
