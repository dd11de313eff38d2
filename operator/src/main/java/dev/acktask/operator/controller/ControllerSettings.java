package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.framework.FailureBackoff;
import dev.acktask.operator.framework.FrameworkSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.Controller;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Configures the framework: watched namespaces, triggers and limits. */
public final class ControllerSettings {
  private final GuardedReconciler reconciler;
  private volatile @Nullable RegisteredController<AckTask> registered;

  public ControllerSettings(GuardedReconciler reconciler) {
    this.reconciler = reconciler;
  }

  /**
   * An operator that runs this controller.
   *
   * @param namespaces to watch; empty means all
   * @param labelSelector of the objects to watch; empty selects all
   * @param workers runs the reconciles; must never reject one
   * @param metrics of the framework
   * @param exit ends the process at once
   */
  public Operator operator(
      KubernetesClient client,
      List<String> namespaces,
      String labelSelector,
      ExecutorService workers,
      Metrics metrics,
      Runnable exit) {
    Operator operator = FrameworkSettings.operator(client, workers, metrics, exit);
    registered =
        operator.register(reconciler, settings -> configure(settings, namespaces, labelSelector));
    return operator;
  }

  /** The cached objects; empty before the watch runs. */
  public List<AckTask> known() {
    return reconciler.known();
  }

  /** The cached objects with this {@code spec.taskId}; empty before the watch runs. */
  public List<AckTask> ofTask(String taskId) {
    return reconciler.ofTask(taskId);
  }

  /**
   * The cached objects that a discovery created; empty before the watch runs.
   *
   * @param label value of {@code acktask.dev/discovered-by}
   */
  public List<AckTask> ofDiscovery(String namespace, String label) {
    return reconciler.ofDiscovery(namespace, label);
  }

  /** The cached object with this name. */
  public Optional<AckTask> find(String namespace, String name) {
    return reconciler.find(namespace, name);
  }

  /** The cached objects of a namespace; empty before the watch runs. */
  public List<AckTask> in(String namespace) {
    return reconciler.in(namespace);
  }

  /** The cached objects without a final verdict whose status or spec names this cluster. */
  public List<AckTask> unfinished(String namespace, String clusterId) {
    return reconciler.unfinished(namespace, clusterId);
  }

  /**
   * Sets the listener of all changes.
   *
   * @param listener receives the object before and after each change; one if it was created or
   *     deleted. Must not block
   */
  public void onChange(Consumer<List<AckTask>> listener) {
    reconciler.feed().onChange(listener);
  }

  /**
   * The resourceVersion of each cached object, by uid.
   *
   * @param exceptNamespaces namespaces to leave out
   */
  public Map<String, String> knownVersions(Set<String> exceptNamespaces) {
    return reconciler.knownVersions(exceptNamespaces);
  }

  /**
   * Changes the watched namespaces and returns once their objects are listed. It does not use
   * {@link RegisteredController#changeNamespaces}, which stops event processing meanwhile: an
   * object whose reconcile ends in that time is never reconciled again.
   *
   * @param namespaces the complete new set
   * @throws OperatorException when one of them cannot be listed or watched
   */
  public void watch(Set<String> namespaces) {
    if (Objects.requireNonNull(registered) instanceof Controller<?> controller) {
      controller.getEventSourceManager().changeNamespaces(namespaces);
      reconciler.retainNamespaces(namespaces);
    }
  }

  private static void configure(
      ControllerConfigurationOverrider<AckTask> settings,
      List<String> namespaces,
      String labelSelector) {
    settings
        .withReconciliationMaxInterval(FrameworkSettings.RESYNC_INTERVAL)
        .withInformerListLimit(FrameworkSettings.LIST_PAGE_SIZE)
        // The default ignores a status that another client wrote.
        .withGenerationAware(false)
        .withOnUpdateFilter(UpdateFilter::accepts)
        .withRetry(new FailureBackoff(() -> ThreadLocalRandom.current().nextDouble()));
    if (!labelSelector.isEmpty()) {
      // The API server selects. An object that loses the label is reported as deleted.
      settings.withLabelSelector(labelSelector);
    }
    if (namespaces.isEmpty()) {
      settings.watchingAllNamespaces();
    } else {
      settings.settingNamespaces(Set.copyOf(namespaces));
    }
  }
}
