package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.polling.TaskPoller;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.RetryInfo;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns each failure of a reconcile, also an Error, into an exception that the framework retries,
 * and logs it once. Registers each reconcile with the {@link ReconcileTracker}, and exposes the
 * informer's cache for a comparison with the API server.
 */
@ControllerConfiguration(name = GuardedReconciler.NAME)
public final class GuardedReconciler implements Reconciler<AckTask> {
  /** The name of the controller in the metrics and logs of the framework. */
  public static final String NAME = "acktask";

  private static final Logger log = LoggerFactory.getLogger(GuardedReconciler.class);

  private final AckTaskReconciler reconciler;
  private final TaskPoller poller;
  private final ReconcileTracker tracker;
  private final OperatorMetrics metrics;
  private final Runnable exit;
  private volatile @Nullable IndexerResourceCache<AckTask> informer;

  /**
   * @param exit ends the process at once; called after an OutOfMemoryError
   */
  public GuardedReconciler(
      AckTaskReconciler reconciler,
      TaskPoller poller,
      ReconcileTracker tracker,
      OperatorMetrics metrics,
      Runnable exit) {
    this.reconciler = reconciler;
    this.poller = poller;
    this.tracker = tracker;
    this.metrics = metrics;
    this.exit = exit;
  }

  @Override
  public List<EventSource<?, AckTask>> prepareEventSources(EventSourceContext<AckTask> context) {
    informer = context.getPrimaryCache();
    return List.of(poller);
  }

  /** Throws only a {@link ReconcileFailure}: the framework would lose an object after an Error. */
  @Override
  public UpdateControl<AckTask> reconcile(AckTask task, Context<AckTask> context) {
    String uid = task.getMetadata().getUid();
    UpdateControl<AckTask> control = UpdateControl.noUpdate();
    tracker.started(uid);
    try {
      return reconciler.reconcile(task).map(control::rescheduleAfter).orElse(control);
    } catch (Throwable failure) {
      throw recordFailure(
          failure, context.getRetryInfo().map(RetryInfo::getAttemptCount).orElse(0));
    } finally {
      tracker.finished(uid);
    }
  }

  /** Leaves the status and the retry to the framework. */
  @Override
  public ErrorStatusUpdateControl<AckTask> updateErrorStatus(
      AckTask task, Context<AckTask> context, Exception failure) {
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  /** A failed reconcile, which is retried. It is logged already. */
  static final class ReconcileFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReconcileFailure(Throwable cause) {
      super(cause.getClass().getSimpleName(), cause);
    }
  }

  private ReconcileFailure recordFailure(Throwable failure, int retries) {
    if (failure instanceof OutOfMemoryError) {
      exit.run();
    }
    metrics.reconcileFailed();
    if (failure instanceof KubernetesClientException refused) {
      log.atWarn()
          .addKeyValue("code", refused.getCode())
          .addKeyValue("failures", retries + 1)
          .log(
              refused.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                  ? "Kubernetes API refused, RbacDenied: check the operator's role"
                  : "Kubernetes API refused or did not answer");
      log.debug("Kubernetes API failure", refused);
    } else {
      log.atError()
          .setCause(failure)
          .addKeyValue("failures", retries + 1)
          .log("Unexpected failure; the reconcile is retried");
    }
    return new ReconcileFailure(failure);
  }

  /** The other namespaces are not watched any more. */
  void retainNamespaces(Set<String> namespaces) {
    poller.retainNamespaces(namespaces);
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
