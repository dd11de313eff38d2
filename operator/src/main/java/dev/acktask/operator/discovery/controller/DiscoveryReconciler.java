package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.discovery.DiscoveryDecision;
import dev.acktask.operator.discovery.DiscoveryEvaluator;
import dev.acktask.operator.discovery.DiscoverySettings;
import dev.acktask.operator.discovery.DiscoverySnapshot;
import dev.acktask.operator.framework.WatchedObjects;
import dev.acktask.operator.kubernetes.FieldManagers;
import dev.acktask.operator.kubernetes.StatusStore;
import dev.acktask.operator.metrics.DiscoveryTasks;
import dev.acktask.operator.polling.SweepSubscription;
import dev.acktask.operator.polling.Sweeps;
import dev.acktask.operator.text.Parsed;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the discoveries: subscribes to their sweeps, creates the AckTasks of what was found, and
 * then writes the status. In this order, so that a crash in between loses no task: the task is
 * found again, and its AckTask exists. A reconcile makes no call to the cloud.
 */
@ControllerConfiguration(name = DiscoveryReconciler.NAME)
final class DiscoveryReconciler implements Reconciler<AckTaskDiscovery> {
  /** The name of the controller in the metrics and logs of the framework. */
  static final String NAME = "acktaskdiscovery";

  private final Sweeps sweeps;
  private final TaskCreation creation;
  private final DiscoveryFindingsReader findings;
  private final CurrentSweeps listener;
  private final DiscoveryReporting reporting;
  private final DiscoveryStatusWriter writer;
  private final DiscoveryEvaluator evaluator = new DiscoveryEvaluator();
  private final DiscoveryEventSource events = new DiscoveryEventSource(this::forget);
  private final Map<ResourceID, DiscoveryState> states = new ConcurrentHashMap<>();
  private final WatchedObjects<AckTaskDiscovery> objects = new WatchedObjects<>();

  DiscoveryReconciler(
      Sweeps sweeps,
      KnownAckTasks known,
      AckTaskCreator creator,
      StatusStore<AckTaskDiscovery, DiscoveryStatus> store,
      DiscoveryReporting reporting,
      DiscoverySweepListener listener) {
    this.sweeps = sweeps;
    this.creation =
        new TaskCreation(
            known,
            creator,
            new MaintenanceLabels(known, creator, reporting.events()),
            reporting.clock());
    this.findings = new DiscoveryFindingsReader(known);
    this.listener = new CurrentSweeps(listener, states::get);
    this.reporting = reporting;
    this.writer = new DiscoveryStatusWriter(store, reporting);
  }

  @Override
  public List<EventSource<?, AckTaskDiscovery>> prepareEventSources(
      EventSourceContext<AckTaskDiscovery> context) {
    objects.use(context.getPrimaryCache());
    return List.of(events);
  }

  @Override
  public UpdateControl<AckTaskDiscovery> reconcile(
      AckTaskDiscovery object, Context<AckTaskDiscovery> context) {
    return reporting.guard().run(object, context, this::reconcile);
  }

  /** Leaves the status and the retry to the framework. */
  @Override
  public ErrorStatusUpdateControl<AckTaskDiscovery> updateErrorStatus(
      AckTaskDiscovery object, Context<AckTaskDiscovery> context, Exception failure) {
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  /** The cached objects. */
  WatchedObjects<AckTaskDiscovery> objects() {
    return objects;
  }

  /** The numbers of the tasks that the discoveries select. */
  List<DiscoveryTasks> tasks() {
    return states.entrySet().stream()
        .sorted(Map.Entry.comparingByKey((a, b) -> a.toString().compareTo(b.toString())))
        .flatMap(it -> DiscoveryFindingsReader.tasks(it.getKey(), it.getValue()).stream())
        .toList();
  }

  private Optional<Duration> reconcile(AckTaskDiscovery object) {
    ResourceID id = ResourceID.fromResource(object);
    if (object.isMarkedForDeletion()) {
      forget(id);
      return Optional.empty();
    }
    DiscoverySnapshot snapshot = snapshot(object);
    DiscoveryState state = states.compute(id, (key, known) -> state(known, snapshot));
    state.load(snapshot.trustedStatus(), reporting.clock().instant());
    Parsed<DiscoverySettings> settings = DiscoverySettings.parse(snapshot.spec());
    follow(id, snapshot, settings, state);
    if (settings instanceof Parsed.Valid<DiscoverySettings> valid) {
      AckTaskFactory factory = new AckTaskFactory(object.getMetadata(), valid.value());
      state.inbox().ifPresent(inbox -> creation.handle(factory, state, inbox));
    }
    Optional<Duration> again =
        writer.write(object, state, current -> decide(object, current, settings, state));
    forgetIfDeleted(id);
    return again;
  }

  private static DiscoveryState state(@Nullable DiscoveryState known, DiscoverySnapshot snapshot) {
    return known != null && known.uid().equals(snapshot.uid())
        ? known
        : new DiscoveryState(snapshot.uid());
  }

  /** Subscribes at each new version of the spec. */
  private void follow(
      ResourceID id,
      DiscoverySnapshot snapshot,
      Parsed<DiscoverySettings> settings,
      DiscoveryState state) {
    if (!state.isOutdated(snapshot.generation())) {
      return;
    }
    DiscoverySettings active =
        settings instanceof Parsed.Valid<DiscoverySettings> valid
                && !valid.value().options().isSuspended()
            ? valid.value()
            : null;
    if (active == null) {
      sweeps.unsubscribe(id);
      listener.begin(id, state, snapshot.generation(), null);
      return;
    }
    SweepInbox inbox = new SweepInbox(active, reporting.clock());
    state.inbox().ifPresent(inbox::continueFrom);
    listener.begin(id, state, snapshot.generation(), inbox);
    sweeps.subscribe(id, subscription(id, active, state, inbox));
  }

  private SweepSubscription subscription(
      ResourceID id, DiscoverySettings settings, DiscoveryState state, SweepInbox inbox) {
    Set<String> ids = settings.clusters().ids();
    return new SweepSubscription(
        settings.connections(),
        settings.clusters().isAll()
            ? new SweepSubscription.Clusters.All(ids)
            : new SweepSubscription.Clusters.Ids(ids),
        settings.options().createsTasks(),
        result -> {
          inbox.put(result);
          listener.swept(id, state, inbox, result);
          events.raiseEvent(id);
        });
  }

  private Optional<DiscoveryDecision> decide(
      AckTaskDiscovery object,
      AckTaskDiscovery current,
      Parsed<DiscoverySettings> settings,
      DiscoveryState state) {
    DiscoverySnapshot snapshot = snapshot(current);
    if (state.isOutdated(snapshot.generation())) {
      return Optional.empty();
    }
    if (!version(object).equals(version(current))) { // read again after a conflict
      state.merge(snapshot.trustedStatus(), reporting.clock().instant());
    }
    return Optional.of(
        evaluator.evaluate(
            snapshot,
            settings,
            findings.read(current.getMetadata(), state),
            reporting.clock().instant()));
  }

  private static String version(AckTaskDiscovery object) {
    return Objects.requireNonNullElse(object.getMetadata().getResourceVersion(), "");
  }

  private void forget(ResourceID id) {
    sweeps.unsubscribe(id);
    listener.end(id, states.remove(id));
  }

  /** The deletion may have been reported before this reconcile subscribed. */
  private void forgetIfDeleted(ResourceID id) {
    if (objects.lack(id)) {
      forget(id);
    }
  }

  private static DiscoverySnapshot snapshot(AckTaskDiscovery object) {
    ObjectMeta meta = object.getMetadata();
    return new DiscoverySnapshot(
        meta.getUid(),
        Objects.requireNonNullElse(meta.getGeneration(), 0L),
        Objects.requireNonNullElse(object.getSpec(), DiscoverySpec.NOTHING),
        object.getStatus(),
        FieldManagers.operatorWroteStatusLast(meta));
  }
}
