package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.ConnectionDecision;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.connection.ConnectionSnapshot;
import dev.acktask.operator.kubernetes.FieldManagers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows the objects of one kind of connection, and writes their status. A reconcile makes no call
 * to the cloud: the status follows from the calls for tasks.
 */
abstract class ConnectionReconciler<R extends CustomResource<ConnectionSpec, ConnectionStatus>>
    implements Reconciler<R> {
  private final ConnectionResolver connections;
  private final ConnectionEventSource<R> events;
  private final ConnectionReporting reporting;
  private final ConnectionStatusWriter<R> writer;
  private volatile @Nullable IndexerResourceCache<R> informer;

  ConnectionReconciler(
      ConnectionResolver connections, ConnectionReporting reporting, ConnectionStore<R> store) {
    this.connections = connections;
    this.events = new ConnectionEventSource<>(connections);
    this.reporting = reporting;
    this.writer = new ConnectionStatusWriter<>(store, reporting.events(), reporting.isLeader());
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    informer = context.getPrimaryCache();
    return List.of(events);
  }

  @Override
  public UpdateControl<R> reconcile(R object, Context<R> context) {
    return reporting.guard().run(object, context, this::reconcile);
  }

  /** Leaves the status and the retry to the framework. */
  @Override
  public ErrorStatusUpdateControl<R> updateErrorStatus(
      R object, Context<R> context, Exception failure) {
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  /** Causes a reconcile of the object with this name, if it exists. */
  void raiseEvent(ConnectionKey key) {
    events.raiseEvent(key);
  }

  /** The cached objects; empty before the watch runs. */
  List<R> known() {
    IndexerResourceCache<R> cache = informer;
    return cache == null ? List.of() : cache.list(object -> true).toList();
  }

  /**
   * The resourceVersion of each cached object, by uid.
   *
   * @param namespaces selects the objects; gets an empty name for those without a namespace
   */
  Map<String, String> knownVersions(Predicate<String> namespaces) {
    return known().stream()
        .map(HasMetadata::getMetadata)
        .filter(meta -> namespaces.test(Objects.requireNonNullElse(meta.getNamespace(), "")))
        .collect(Collectors.toMap(ObjectMeta::getUid, ObjectMeta::getResourceVersion));
  }

  /**
   * Passes all objects of the cache to the resolver. The framework delivers its first events some
   * time after the cache is complete, and until then AckTasks would find no connection.
   */
  void resolveCached() {
    IndexerResourceCache<R> cache = informer;
    if (cache != null) {
      events.putAll(cache);
    }
  }

  private Optional<Duration> reconcile(R object) {
    return writer.write(object, this::decide).map(ConnectionDecision::reconcileAgainAfter);
  }

  private Optional<ConnectionDecision> decide(R object) {
    ConnectionSnapshot snapshot = snapshot(object);
    return connections
        .state(snapshot.key())
        .filter(state -> state.version().equals(snapshot.version()))
        .map(
            state ->
                reporting
                    .evaluator()
                    .evaluate(
                        snapshot,
                        state,
                        reporting.tasks().of(snapshot.key()),
                        reporting.clock().instant()));
  }

  private static ConnectionSnapshot snapshot(
      CustomResource<ConnectionSpec, ConnectionStatus> object) {
    ObjectMeta meta = object.getMetadata();
    return new ConnectionSnapshot(
        ConnectionEventSource.key(object),
        ConnectionEventSource.version(object),
        Objects.requireNonNullElse(meta.getGeneration(), 0L),
        Objects.requireNonNullElse(object.getSpec(), ConnectionSpec.NOTHING),
        object.getStatus(),
        FieldManagers.operatorWroteStatusLast(meta));
  }
}
