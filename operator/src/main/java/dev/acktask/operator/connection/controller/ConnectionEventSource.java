package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.Connection;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.ConnectionResolver;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes each object of one kind to the resolver as soon as the informer has it. A reconcile would
 * be too late: an AckTask must not use a connection that has been deleted or restricted.
 */
final class ConnectionEventSource<R extends CustomResource<ConnectionSpec, ConnectionStatus>>
    extends AbstractEventSource<ConnectionKey, R> implements ResourceEventAware<R> {
  private static final Logger log = LoggerFactory.getLogger(ConnectionEventSource.class);

  private final ConnectionResolver connections;

  ConnectionEventSource(ConnectionResolver connections) {
    super(ConnectionKey.class, "use");
    this.connections = connections;
  }

  /** The name of {@code object} as a connection. */
  static ConnectionKey key(HasMetadata object) {
    return key(ResourceID.fromResource(object));
  }

  private static ConnectionKey key(ResourceID id) {
    return id.getNamespace()
        .map(namespace -> ConnectionKey.namespaced(namespace, id.getName()))
        .orElseGet(() -> ConnectionKey.cluster(id.getName()));
  }

  /** See {@link Connection.Identity}. */
  static String version(HasMetadata object) {
    ObjectMeta meta = object.getMetadata();
    return meta.getUid() + ":" + meta.getGeneration();
  }

  @Override
  public void onResourceCreated(R object) {
    put(object);
  }

  @Override
  public void onResourceUpdated(R object, R before) {
    put(object);
  }

  /** Nothing that depends on the object is held up by others: it has no finalizer. */
  @Override
  public void onResourceDeleted(R object) {
    guard(() -> connections.remove(key(object)));
  }

  @Override
  public Set<ConnectionKey> getSecondaryResources(R object) {
    return Set.of();
  }

  /**
   * Takes in all objects of {@code cache}. Events may come meanwhile, and before the older object
   * that was read for them. So each object is read until it stays the same; the informer changes
   * its cache before it reports the change.
   */
  void putAll(Cache<R> cache) {
    cache.keys().toList().forEach(id -> putCurrent(cache, id));
  }

  private void putCurrent(Cache<R> cache, ResourceID id) {
    Optional<R> current = cache.get(id);
    Optional<R> taken;
    do {
      taken = current;
      taken.ifPresentOrElse(this::put, () -> guard(() -> connections.remove(key(id))));
      current = cache.get(id);
    } while (!resourceVersion(current).equals(resourceVersion(taken)));
  }

  private Optional<String> resourceVersion(Optional<R> object) {
    return object.map(present -> present.getMetadata().getResourceVersion());
  }

  /** Takes in an object; repeating it changes nothing. */
  void put(R object) {
    guard(
        () -> {
          ConnectionSpec spec = object.getSpec();
          connections.put(
              key(object), version(object), spec == null ? ConnectionSpec.NOTHING : spec);
        });
  }

  /** Causes a reconcile of the object with this name, if it exists. */
  void raiseEvent(ConnectionKey key) {
    if (!isRunning()) {
      return; // the start reconciles all objects
    }
    guard(
        () ->
            getEventHandler()
                .handleEvent(
                    new Event(
                        new ResourceID(
                            key.name(), key.namespace().isEmpty() ? null : key.namespace()))));
  }

  private static void guard(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable unexpected) { // the informer must go on
      log.error("Unexpected failure in the events of connections; they continue", unexpected);
    }
  }
}
