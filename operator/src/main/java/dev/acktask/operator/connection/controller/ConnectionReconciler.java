package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.ConnectionDecision;
import dev.acktask.operator.connection.ConnectionKey;
import dev.acktask.operator.connection.ConnectionResolver;
import dev.acktask.operator.connection.ConnectionSnapshot;
import dev.acktask.operator.framework.WatchedObjects;
import dev.acktask.operator.kubernetes.FieldManagers;
import dev.acktask.operator.kubernetes.StatusStore;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

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
  private final WatchedObjects<R> objects = new WatchedObjects<>();

  ConnectionReconciler(
      ConnectionResolver connections,
      ConnectionReporting reporting,
      StatusStore<R, ConnectionStatus> store) {
    this.connections = connections;
    this.events = new ConnectionEventSource<>(connections);
    this.reporting = reporting;
    this.writer = new ConnectionStatusWriter<>(store, reporting.events(), reporting.isLeader());
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    objects.use(context.getPrimaryCache());
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
    return objects.all();
  }

  /** See {@link WatchedObjects#versions}. */
  Map<String, String> knownVersions(Predicate<String> namespaces) {
    return objects.versions(namespaces);
  }

  /**
   * Passes all objects of the cache to the resolver. The framework delivers its first events some
   * time after the cache is complete, and until then AckTasks would find no connection.
   */
  void resolveCached() {
    objects.cache().ifPresent(events::putAll);
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
