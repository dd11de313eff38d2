package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.ConnectionResolver;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows the objects of one kind of connection. */
abstract class ConnectionReconciler<R extends CustomResource<ConnectionSpec, ConnectionStatus>>
    implements Reconciler<R> {
  private final ConnectionEventSource<R> events;
  private volatile @Nullable IndexerResourceCache<R> informer;

  ConnectionReconciler(ConnectionResolver connections) {
    this.events = new ConnectionEventSource<>(connections);
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    informer = context.getPrimaryCache();
    return List.of(events);
  }

  @Override
  public UpdateControl<R> reconcile(R object, Context<R> context) {
    return UpdateControl.noUpdate();
  }

  /**
   * Passes all objects of the cache to the resolver. The framework delivers its first events some
   * time after the cache is complete, and until then AckTasks would find no connection.
   */
  void resolveCached() {
    IndexerResourceCache<R> cache = informer;
    if (cache != null) {
      cache.list(object -> true).forEach(events::put);
    }
  }
}
