package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.framework.FailureBackoff;
import dev.acktask.operator.framework.FrameworkSettings;
import dev.acktask.operator.health.HealthCheck;
import dev.acktask.operator.health.InformerCacheCheck;
import dev.acktask.operator.health.ResourceVersionLister;
import dev.acktask.operator.kubernetes.KindAccess;
import dev.acktask.operator.kubernetes.KubernetesClients;
import dev.acktask.operator.kubernetes.KubernetesStatusStore;
import dev.acktask.operator.kubernetes.NamespaceWatch;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.processing.Controller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * The controllers of both kinds of connections. They start before that of the AckTasks: otherwise
 * an AckTask would find no connection after each restart.
 */
public final class ConnectionControllers {
  /** The names of the controllers in the metrics and logs of the framework. */
  public static final List<String> NAMES =
      List.of(AckConnectionReconciler.NAME, ClusterAckConnectionReconciler.NAME);

  /** Longest wait for the first list of the namespaces. */
  private static final Duration NAMESPACES_TIMEOUT = Duration.ofMinutes(2);

  private final KindAccess connectionAccess;
  private final KindAccess clusterAccess;
  private final NamespaceWatch namespaceLabels;
  private final AckConnectionReconciler namespaced;
  private final ClusterAckConnectionReconciler cluster;
  private @Nullable Operator operator;
  private boolean hasClusterConnections;
  private List<String> namespaces = List.of();
  private volatile @Nullable RegisteredController<?> registered;

  /**
   * @param client checks which objects can be listed, and writes their status
   * @param namespaceLabels watched if there can be ClusterAckConnections
   */
  public ConnectionControllers(
      KubernetesClient client,
      ConnectionResolver connections,
      NamespaceWatch namespaceLabels,
      ConnectionReporting reporting) {
    this.connectionAccess = new KindAccess(client, AckConnection.class, Level.WARN);
    this.clusterAccess = new KindAccess(client, ClusterAckConnection.class, Level.WARN);
    this.namespaceLabels = namespaceLabels;
    this.namespaced =
        new AckConnectionReconciler(
            connections,
            reporting,
            new KubernetesStatusStore<>(client, AckConnection.class, AckConnection::new));
    this.cluster =
        new ClusterAckConnectionReconciler(
            connections,
            reporting,
            new KubernetesStatusStore<>(
                client, ClusterAckConnection.class, ClusterAckConnection::new));
    connections.onCallsChange(this::raiseEvent);
    reporting.tasks().onChange(this::raiseEvent);
  }

  /**
   * Registers the kinds that can be listed and watched.
   *
   * @param operator without controllers
   * @param namespaces to watch; empty means all
   */
  public void register(Operator operator, List<String> namespaces) {
    this.operator = operator;
    hasClusterConnections = clusterAccess.hasAll();
    if (hasClusterConnections) {
      operator.register(cluster, ConnectionControllers::configure);
    }
    List<String> listed = connectionAccess.in(namespaces);
    this.namespaces = listed;
    if (namespaces.isEmpty() ? connectionAccess.hasAll() : !listed.isEmpty()) {
      registered =
          operator.register(
              namespaced,
              settings -> {
                configure(settings);
                if (namespaces.isEmpty()) {
                  settings.watchingAllNamespaces();
                } else {
                  settings.settingNamespaces(Set.copyOf(listed));
                }
              });
    }
  }

  /** Starts the registered controllers and returns once all their objects are resolved. */
  public void start() {
    if (hasClusterConnections) {
      namespaceLabels.start(NAMESPACES_TIMEOUT);
    }
    if (operator != null && operator.getRegisteredControllersNumber() > 0) {
      operator.start();
    }
    cluster.resolveCached();
    namespaced.resolveCached();
  }

  public void stop() {
    if (operator != null) {
      operator.stop();
    }
    namespaceLabels.close();
  }

  /** The cached objects of both kinds; empty before the watches run. */
  public List<CustomResource<ConnectionSpec, ConnectionStatus>> known() {
    List<CustomResource<ConnectionSpec, ConnectionStatus>> known = new ArrayList<>(cluster.known());
    known.addAll(namespaced.known());
    return known;
  }

  /** Changes the watched namespaces and returns once their connections are resolved. */
  public void watch(Set<String> namespaces) {
    if (registered instanceof Controller<?> controller) {
      controller
          .getEventSourceManager()
          .changeNamespaces(Set.copyOf(connectionAccess.in(new ArrayList<>(namespaces))));
      namespaced.resolveCached();
    }
  }

  /**
   * Checks that compare the caches with the API server. After a change that a watch does not
   * deliver, a connection would be used that has been deleted or restricted.
   *
   * @param client separate from that of the watches
   * @param interval time between two comparisons
   */
  public List<HealthCheck> cacheChecks(KubernetesClient client, Duration interval) {
    List<HealthCheck> checks = new ArrayList<>();
    if (hasClusterConnections) {
      checks.add(
          cacheCheck(
              new ResourceVersionLister(
                  client, ClusterAckConnection.class, List.of(), "", KubernetesClients.TIMEOUT),
              interval,
              skipped -> cluster.knownVersions(namespace -> true)));
    }
    if (registered != null) {
      List<String> compared = namespaces;
      checks.add(
          cacheCheck(
              new ResourceVersionLister(
                  client, AckConnection.class, compared, "", KubernetesClients.TIMEOUT),
              interval,
              skipped ->
                  namespaced.knownVersions(
                      namespace ->
                          !skipped.contains(namespace)
                              && (compared.isEmpty() || compared.contains(namespace)))));
    }
    return checks;
  }

  private static HealthCheck cacheCheck(
      ResourceVersionLister server,
      Duration interval,
      Function<Set<String>, Map<String, String>> cached) {
    return new InformerCacheCheck(
        interval, server, cached, state -> {}, () -> false, System::nanoTime);
  }

  private void raiseEvent(ConnectionKey key) {
    switch (key.kind()) {
      case BUILT_IN -> {
        // It has no object.
      }
      case NAMESPACED -> namespaced.raiseEvent(key);
      case CLUSTER -> cluster.raiseEvent(key);
    }
  }

  private static <R extends CustomResource<ConnectionSpec, ConnectionStatus>> void configure(
      ControllerConfigurationOverrider<R> settings) {
    settings
        .withReconciliationMaxInterval(FrameworkSettings.RESYNC_INTERVAL)
        .withRetry(new FailureBackoff(() -> ThreadLocalRandom.current().nextDouble()))
        .withInformerListLimit(FrameworkSettings.LIST_PAGE_SIZE);
  }
}
