package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskSpec;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.api.v1alpha1.DiscoveryMetadata;
import dev.acktask.operator.framework.ReconcileGuard;
import dev.acktask.operator.health.ReconcileTracker;
import dev.acktask.operator.kubernetes.AckTaskSnapshotFactory;
import dev.acktask.operator.metrics.OperatorMetrics;
import dev.acktask.operator.polling.TaskPoller;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The reconciler of AckTasks as the framework calls it: failures are those of {@link
 * ReconcileGuard}. Exposes the informer's cache for a comparison with the API server.
 */
@ControllerConfiguration(name = GuardedReconciler.NAME)
public final class GuardedReconciler implements Reconciler<AckTask> {
  /** The name of the controller in the metrics and logs of the framework. */
  public static final String NAME = "acktask";

  private static final String BY_TASK = "task";
  private static final String BY_DISCOVERY = "discovery";
  private static final String BY_CLUSTER = "unfinished-of-cluster";

  private final AckTaskReconciler reconciler;
  private final TaskPoller poller;
  private final DurationEstimates estimates;
  private final ReconcileGuard guard;
  private final AckTaskFeed feed = new AckTaskFeed();
  private volatile @Nullable IndexerResourceCache<AckTask> informer;

  /**
   * @param estimates those of the reconciler
   * @param exit ends the process at once; called after an OutOfMemoryError
   */
  public GuardedReconciler(
      AckTaskReconciler reconciler,
      TaskPoller poller,
      DurationEstimates estimates,
      ReconcileTracker tracker,
      OperatorMetrics metrics,
      Runnable exit) {
    this.reconciler = reconciler;
    this.poller = poller;
    this.estimates = estimates;
    this.guard = new ReconcileGuard(tracker, metrics, exit);
  }

  @Override
  public List<EventSource<?, AckTask>> prepareEventSources(EventSourceContext<AckTask> context) {
    IndexerResourceCache<AckTask> cache = context.getPrimaryCache();
    cache.addIndexers(
        Map.of(
            BY_TASK,
            GuardedReconciler::taskId,
            BY_DISCOVERY,
            GuardedReconciler::discovery,
            BY_CLUSTER,
            GuardedReconciler::unfinishedOfClusters));
    informer = cache;
    estimates.readFrom(this::known);
    return List.of(poller, feed, estimates);
  }

  @Override
  public UpdateControl<AckTask> reconcile(AckTask task, Context<AckTask> context) {
    return guard.run(task, context, reconciler::reconcile);
  }

  /** Leaves the status and the retry to the framework. */
  @Override
  public ErrorStatusUpdateControl<AckTask> updateErrorStatus(
      AckTask task, Context<AckTask> context, Exception failure) {
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  /** The other namespaces are not watched any more. */
  void retainNamespaces(Set<String> namespaces) {
    poller.retainNamespaces(namespaces);
  }

  /** Passes on the changes of all objects. */
  AckTaskFeed feed() {
    return feed;
  }

  /** The cached objects; empty before the watch runs. */
  List<AckTask> known() {
    IndexerResourceCache<AckTask> cache = informer;
    return cache == null ? List.of() : cache.list(task -> true).toList();
  }

  /** The cached objects with this {@code spec.taskId}; empty before the watch runs. */
  List<AckTask> ofTask(String taskId) {
    IndexerResourceCache<AckTask> cache = informer;
    return cache == null ? List.of() : cache.byIndex(BY_TASK, taskId);
  }

  /** The cached objects with this {@link DiscoveryMetadata#DISCOVERED_BY} label. */
  List<AckTask> ofDiscovery(String namespace, String label) {
    IndexerResourceCache<AckTask> cache = informer;
    return cache == null ? List.of() : cache.byIndex(BY_DISCOVERY, namespace + "/" + label);
  }

  /** The cached object with this name. */
  Optional<AckTask> find(String namespace, String name) {
    IndexerResourceCache<AckTask> cache = informer;
    return cache == null ? Optional.empty() : cache.get(new ResourceID(name, namespace));
  }

  /** The cached objects of a namespace. */
  List<AckTask> in(String namespace) {
    IndexerResourceCache<AckTask> cache = informer;
    return cache == null ? List.of() : cache.byIndex(Cache.NAMESPACE_INDEX, namespace);
  }

  /** The cached objects without a final verdict whose status or spec names this cluster. */
  List<AckTask> unfinished(String namespace, String clusterId) {
    IndexerResourceCache<AckTask> cache = informer;
    return cache == null ? List.of() : cache.byIndex(BY_CLUSTER, namespace + "/" + clusterId);
  }

  private static List<String> taskId(AckTask task) {
    String taskId = task.getSpec() == null ? null : task.getSpec().taskId();
    return taskId == null ? List.of() : List.of(taskId);
  }

  private static List<String> discovery(AckTask task) {
    Map<String, String> labels = task.getMetadata().getLabels();
    String label = labels == null ? null : labels.get(DiscoveryMetadata.DISCOVERED_BY);
    return label == null ? List.of() : List.of(task.getMetadata().getNamespace() + "/" + label);
  }

  private static List<String> unfinishedOfClusters(AckTask task) {
    if (AckTaskSnapshotFactory.of(task).isFinished()) {
      return List.of();
    }
    String namespace = task.getMetadata().getNamespace();
    return Stream.of(
            Optional.ofNullable(task.getSpec()).map(AckTaskSpec::clusterId),
            Optional.ofNullable(task.getStatus()).map(AckTaskStatus::clusterId))
        .flatMap(Optional::stream)
        .distinct()
        .map(clusterId -> namespace + "/" + clusterId)
        .toList();
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
