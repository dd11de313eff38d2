package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.liveness.Visits;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reconciler as the framework sees it: each visit is noted, so that one which never ends, or
 * never comes, is noticed, and what the informer knows can be held against the API server.
 */
@ControllerConfiguration(name = SupervisedReconciler.NAME)
final class SupervisedReconciler implements Reconciler<AckTask> {
  static final String NAME = "acktask";

  private final AckTaskReconciler reconciler;
  private final Visits visits;
  private volatile @Nullable IndexerResourceCache<AckTask> informer;

  SupervisedReconciler(AckTaskReconciler reconciler, Visits visits) {
    this.reconciler = reconciler;
    this.visits = visits;
  }

  /** Adds no source of events; it is where the framework hands out its cache. */
  @Override
  public List<EventSource<?, AckTask>> prepareEventSources(EventSourceContext<AckTask> context) {
    informer = context.getPrimaryCache();
    return List.of();
  }

  @Override
  public UpdateControl<AckTask> reconcile(AckTask task, Context<AckTask> context) {
    String uid = task.getMetadata().getUid();
    visits.began(uid);
    UpdateControl<AckTask> control = reconciler.reconcile(task, context);
    visits.ended(uid, control.getScheduleDelay().map(Duration::ofMillis));
    return control;
  }

  @Override
  public ErrorStatusUpdateControl<AckTask> updateErrorStatus(
      AckTask task, Context<AckTask> context, Exception unexpected) {
    return reconciler.updateErrorStatus(task, context, unexpected);
  }

  /** The objects that the watch has brought; empty before it runs. */
  List<AckTask> known() {
    IndexerResourceCache<AckTask> cache = informer;
    return cache == null ? List.of() : cache.list(task -> true).toList();
  }

  Map<String, String> knownVersions(Set<String> exceptNamespaces) {
    Map<String, String> versions = new HashMap<>();
    Optional.ofNullable(informer)
        .ifPresent(
            cache ->
                cache
                    .list(task -> true)
                    .map(AckTask::getMetadata)
                    .filter(meta -> !exceptNamespaces.contains(meta.getNamespace()))
                    .forEach(meta -> versions.put(meta.getUid(), meta.getResourceVersion())));
    return versions;
  }
}
