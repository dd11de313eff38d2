package dev.acktask.operator.polling;

import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.ConnectionRef;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.connection.Resolution;
import dev.acktask.operator.polling.SweepResult.SweptList;
import dev.acktask.operator.polling.SweepSubscription.Clusters;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connections sweep for which subscriber. Follows changes of the connections. A reference
 * that leads to no connection is a failed result, once. Thread-safe.
 */
final class SweepRoutes implements Sweeps {
  private static final Logger log = LoggerFactory.getLogger(SweepRoutes.class);

  /** A reference, null for the default, and what it leads to. */
  private record Target(@Nullable ConnectionRef ref, Resolution resolution) {}

  private record Route(
      SweepSubscription subscription,
      List<Target> targets,
      Map<String, ConnectionPoller> pollers) {}

  private final ConnectionResolver connections;
  private final ConnectionPollers pollers;
  private final Executor executor;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Map<ResourceID, Route> routes = new HashMap<>();

  /**
   * @param executor runs listeners
   */
  SweepRoutes(
      ConnectionResolver connections,
      ConnectionPollers pollers,
      Executor executor,
      Clock clock,
      LongSupplier nanoTime) {
    this.connections = connections;
    this.pollers = pollers;
    this.executor = executor;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void subscribe(ResourceID subscriber, SweepSubscription subscription) {
    Route before = routes.get(subscriber);
    put(
        subscriber,
        subscription,
        before != null && before.subscription.isSameAs(subscription) ? before.targets : List.of());
  }

  @Override
  public synchronized void unsubscribe(ResourceID subscriber) {
    Route route = routes.remove(subscriber);
    if (route != null) {
      route.pollers.values().forEach(it -> leave(it, subscriber));
    }
  }

  /** Resolves all references again. */
  synchronized void resolveAgain() {
    Map.copyOf(routes)
        .forEach(
            (subscriber, route) -> {
              if (!resolve(subscriber, route.subscription).equals(route.targets)) {
                put(subscriber, route.subscription, route.targets);
              }
            });
  }

  /** Ends the subscriptions of all other namespaces. */
  synchronized void retainNamespaces(Set<String> namespaces) {
    List.copyOf(routes.keySet()).stream()
        .filter(id -> !namespaces.contains(namespace(id)))
        .forEach(this::unsubscribe);
  }

  /**
   * @param known targets that the subscriber has got the failures of
   */
  private void put(ResourceID subscriber, SweepSubscription subscription, List<Target> known) {
    Route before = routes.get(subscriber);
    List<Target> targets = resolve(subscriber, subscription);
    Map<String, ConnectionPoller> joined = new LinkedHashMap<>();
    for (Target target : targets) {
      if (target.resolution instanceof Resolution.Resolved it) {
        Connection connection = it.connection();
        joined.computeIfAbsent(
            connection.id(),
            none ->
                pollers.join(
                    connection, poller -> poller.sweeper().subscribe(subscriber, subscription)));
      }
    }
    routes.put(subscriber, new Route(subscription, targets, joined));
    if (before != null) {
      before.pollers.values().stream()
          .filter(it -> !joined.containsValue(it))
          .forEach(it -> leave(it, subscriber));
    }
    targets.stream()
        .filter(target -> !known.contains(target))
        .forEach(target -> reportUnresolved(subscriber, subscription, target));
  }

  private void leave(ConnectionPoller poller, ResourceID subscriber) {
    pollers.leave(poller, it -> it.sweeper().unsubscribe(subscriber));
  }

  private List<Target> resolve(ResourceID subscriber, SweepSubscription subscription) {
    List<ConnectionRef> refs = new ArrayList<>(subscription.connections());
    if (refs.isEmpty()) {
      return List.of(new Target(null, connections.resolve(namespace(subscriber), null)));
    }
    return refs.stream()
        .map(ref -> new Target(ref, connections.resolve(namespace(subscriber), ref)))
        .toList();
  }

  private void reportUnresolved(
      ResourceID subscriber, SweepSubscription subscription, Target target) {
    if (!(target.resolution instanceof Resolution.Unresolved unresolved)) {
      return;
    }
    ConnectionKey key = key(namespace(subscriber), target.ref);
    Stream<SweepResult> failures =
        switch (subscription.clusters()) {
          case Clusters.All all -> Stream.of(failed(key, SweptList.CLUSTERS, "", unresolved));
          case Clusters.Ids ids ->
              ids.ids().stream().sorted().map(id -> failed(key, SweptList.TASKS, id, unresolved));
        };
    List<SweepResult> results = failures.toList();
    executor.execute(() -> results.forEach(result -> deliver(subscription, result)));
  }

  private SweepResult failed(
      ConnectionKey key, SweptList list, String clusterId, Resolution.Unresolved unresolved) {
    return new SweepResult.Failed(
        key, clock.instant(), nanoTime.getAsLong(), list, clusterId, unresolved.cause());
  }

  private static void deliver(SweepSubscription subscription, SweepResult result) {
    try {
      subscription.listener().accept(result);
    } catch (Throwable unexpected) { // the other results must be delivered
      log.error("Unexpected failure in a listener of sweeps; the sweeps continue", unexpected);
    }
  }

  /** The name of a connection that cannot be used. */
  private static ConnectionKey key(String namespace, @Nullable ConnectionRef ref) {
    if (ref == null) {
      return ConnectionKey.DEFAULT;
    }
    String name = Objects.requireNonNullElse(ref.name(), "");
    return AckConnection.KIND.equals(ref.kind())
        ? ConnectionKey.namespaced(namespace, name)
        : ConnectionKey.cluster(name);
  }

  private static String namespace(ResourceID id) {
    return id.getNamespace().orElse("");
  }
}
