package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.health.ReconcileTracker;
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
 * Retries a failed reconcile after a backoff. Registers each reconcile with the {@link
 * ReconcileTracker}, which detects one that never ends or never starts, and exposes the informer's
 * cache for a comparison with the API server.
 */
@ControllerConfiguration(name = GuardedReconciler.NAME)
public final class GuardedReconciler implements Reconciler<AckTask> {
  static final String NAME = "acktask";

  private final AckTaskReconciler reconciler;
  private final FailureBackoff failureBackoff;
  private final ReconcileTracker tracker;
  private volatile @Nullable IndexerResourceCache<AckTask> informer;

  public GuardedReconciler(
      AckTaskReconciler reconciler, FailureBackoff failureBackoff, ReconcileTracker tracker) {
    this.reconciler = reconciler;
    this.failureBackoff = failureBackoff;
    this.tracker = tracker;
  }

  /** Adds no event source; only this callback provides the cache. */
  @Override
  public List<EventSource<?, AckTask>> prepareEventSources(EventSourceContext<AckTask> context) {
    informer = context.getPrimaryCache();
    return List.of();
  }

  /** Never throws, not even an Error: the framework would not reconcile the object again. */
  @Override
  public UpdateControl<AckTask> reconcile(AckTask task, Context<AckTask> context) {
    String uid = task.getMetadata().getUid();
    tracker.started(uid);
    UpdateControl<AckTask> control = reconcile(task);
    tracker.finished(uid, control.getScheduleDelay().map(Duration::ofMillis));
    return control;
  }

  private UpdateControl<AckTask> reconcile(AckTask task) {
    UpdateControl<AckTask> control = UpdateControl.noUpdate();
    try {
      return reconciler.reconcile(task).map(control::rescheduleAfter).orElse(control);
    } catch (Throwable unexpected) {
      return control.rescheduleAfter(failureBackoff.recordFailure(task, unexpected));
    }
  }

  /** Retries indefinitely. The framework calls it only if {@link #reconcile} throws. */
  @Override
  public ErrorStatusUpdateControl<AckTask> updateErrorStatus(
      AckTask task, Context<AckTask> context, Exception unexpected) {
    return ErrorStatusUpdateControl.<AckTask>noStatusUpdate()
        .rescheduleAfter(failureBackoff.recordFailure(task, unexpected));
  }

  /** The cached objects; empty before the watch runs. */
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
