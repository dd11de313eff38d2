package dev.acktask.operator.polling;

import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.connection.Resolution;
import dev.acktask.operator.decision.AckTaskSnapshot;
import dev.acktask.operator.task.TaskLookup;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which connection polls which object. Follows changes of the connections; only objects whose
 * connection changed are moved. An idle object has no route. Thread-safe.
 */
final class ConnectionRoutes {
  /**
   * The route of an object.
   *
   * @param poller null where no connection can be used
   * @param cause why none can; else null
   */
  record Route(
      AckTaskSnapshot snapshot,
      @Nullable ConnectionPoller poller,
      TaskLookup.@Nullable Rejected cause) {}

  private final ConnectionResolver connections;
  private final ConnectionPollers pollers;
  private final Map<ResourceID, Route> routes = new HashMap<>();

  ConnectionRoutes(ConnectionResolver connections, ConnectionPollers pollers) {
    this.connections = connections;
    this.pollers = pollers;
  }

  /** Takes in a new or changed object. */
  synchronized void put(ResourceID id, AckTaskSnapshot snapshot) {
    if (snapshot.isIdle()) {
      remove(id);
    } else {
      put(id, snapshot, resolve(id, snapshot));
    }
  }

  /** Forgets an object that was deleted or is not polled any more. */
  synchronized void remove(ResourceID id) {
    Route route = routes.remove(id);
    if (route != null && route.poller != null) {
      leave(route.poller, id);
    }
  }

  /** Forgets all objects of other namespaces. */
  synchronized void retainNamespaces(Set<String> namespaces) {
    List.copyOf(routes.keySet()).stream()
        .filter(id -> !namespaces.contains(namespace(id)))
        .forEach(this::remove);
  }

  /** Resolves all references again and returns the objects with another outcome. */
  synchronized List<ResourceID> resolveAgain() {
    List<ResourceID> changed = new ArrayList<>();
    Map.copyOf(routes)
        .forEach(
            (id, route) -> {
              Resolution now = resolve(id, route.snapshot);
              if (!isSame(route, now)) {
                put(id, route.snapshot, now);
                changed.add(id);
              }
            });
    return changed;
  }

  /** The route of the object; empty if it is idle or its event has not come yet. */
  synchronized Optional<Route> find(ResourceID id, String uid) {
    return Optional.ofNullable(routes.get(id)).filter(route -> route.snapshot.uid().equals(uid));
  }

  private Resolution resolve(ResourceID id, AckTaskSnapshot snapshot) {
    return connections.resolve(namespace(id), snapshot.spec().connectionRef());
  }

  private void put(ResourceID id, AckTaskSnapshot snapshot, Resolution resolution) {
    Route before = routes.get(id);
    ConnectionPoller next =
        resolution instanceof Resolution.Resolved it
            ? pollers.join(it.connection(), poller -> poller.tasks().put(id, snapshot))
            : null;
    TaskLookup.Rejected cause = resolution instanceof Resolution.Unresolved it ? it.cause() : null;
    routes.put(id, new Route(snapshot, next, cause));
    if (before != null && before.poller != null && before.poller != next) {
      leave(before.poller, id);
    }
  }

  private void leave(ConnectionPoller poller, ResourceID id) {
    pollers.leave(poller, it -> it.tasks().remove(id));
  }

  private static boolean isSame(Route route, Resolution now) {
    return switch (now) {
      case Resolution.Resolved it ->
          route.poller != null && route.poller.connection() == it.connection();
      case Resolution.Unresolved it -> it.cause().equals(route.cause);
    };
  }

  private static String namespace(ResourceID id) {
    return id.getNamespace().orElse("");
  }
}
