package dev.acktask.operator.framework;

import dev.acktask.operator.health.HealthCheck;
import dev.acktask.operator.health.InformerCacheCheck;
import dev.acktask.operator.health.ResourceVersionLister;
import dev.acktask.operator.kubernetes.KindAccess;
import dev.acktask.operator.kubernetes.KubernetesClients;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.Controller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The controller of one kind of namespaced objects, in the namespaces where the operator may list
 * them. Without any it does not run.
 */
public final class OptionalController<R extends HasMetadata> {
  private final Class<R> type;
  private final Reconciler<R> reconciler;
  private final WatchedObjects<R> objects;
  private final KindAccess access;
  private @Nullable Operator operator;
  private List<String> namespaces = List.of();
  private String labelSelector = "";
  private volatile @Nullable RegisteredController<?> registered;

  /**
   * @param objects in the cache of {@code reconciler}
   */
  public OptionalController(
      Class<R> type, Reconciler<R> reconciler, WatchedObjects<R> objects, KindAccess access) {
    this.type = type;
    this.reconciler = reconciler;
    this.objects = objects;
    this.access = access;
  }

  /**
   * Registers the controller if the objects can be listed.
   *
   * @param operator without controllers
   * @param watched namespaces to watch; empty means all
   * @param selector of the labels of the objects to watch; empty selects all
   * @param options further settings
   */
  public void register(
      Operator operator,
      List<String> watched,
      String selector,
      Consumer<ControllerConfigurationOverrider<R>> options) {
    this.operator = operator;
    this.labelSelector = selector;
    List<String> allowed = access.in(watched);
    this.namespaces = allowed;
    if (watched.isEmpty() ? access.hasAll() : !allowed.isEmpty()) {
      registered =
          operator.register(
              reconciler,
              settings -> {
                configure(settings);
                options.accept(settings);
              });
    }
  }

  /** True if the objects can be listed in a namespace. */
  public boolean isRegistered() {
    return registered != null;
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

  /** Changes the watched namespaces. */
  public void watch(Set<String> watched) {
    if (registered instanceof Controller<?> controller) {
      controller
          .getEventSourceManager()
          .changeNamespaces(Set.copyOf(access.in(new ArrayList<>(watched))));
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
                client, type, compared, labelSelector, KubernetesClients.TIMEOUT),
            skipped ->
                objects.versions(
                    namespace ->
                        !skipped.contains(namespace)
                            && (compared.isEmpty() || compared.contains(namespace))),
            state -> {},
            () -> false,
            System::nanoTime));
  }

  private void configure(ControllerConfigurationOverrider<R> settings) {
    settings
        .withReconciliationMaxInterval(FrameworkSettings.RESYNC_INTERVAL)
        .withRetry(new FailureBackoff(() -> ThreadLocalRandom.current().nextDouble()))
        .withInformerListLimit(FrameworkSettings.LIST_PAGE_SIZE);
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
