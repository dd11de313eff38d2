package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.framework.WatchedObjects;
import dev.acktask.operator.gate.GateDecision;
import dev.acktask.operator.gate.GateEvaluator;
import dev.acktask.operator.gate.GateEvidence;
import dev.acktask.operator.gate.GateSettings;
import dev.acktask.operator.gate.GateSnapshot;
import dev.acktask.operator.kubernetes.StatusStore;
import dev.acktask.operator.text.Parsed;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reconciles one gate: reads the caches and the lists, decides, and writes the status if it
 * changed. It makes no call to the cloud, and reads nothing at the API server.
 */
@ControllerConfiguration(name = GateReconciler.NAME)
final class GateReconciler implements Reconciler<AckTaskGate> {
  /** The name of the controller in the metrics and logs of the framework. */
  static final String NAME = "acktaskgate";

  /** For a gate whose evidence is not read. */
  private static final GateEvidence NONE = new GateEvidence.Tasks(List.of());

  private final GateEvidenceReader evidence;
  private final GateReporting reporting;
  private final GateStatusWriter writer;
  private final GateEventSource events;
  private final GateIndex index;
  private final GateEvaluator evaluator = new GateEvaluator();
  private final WatchedObjects<AckTaskGate> objects = new WatchedObjects<>();

  GateReconciler(
      GateEvidenceReader evidence,
      ClusterLists lists,
      SelectedAckTasks selectedTasks,
      StatusStore<AckTaskGate, GateStatus> store,
      GateReporting reporting) {
    this.evidence = evidence;
    this.reporting = reporting;
    this.writer = new GateStatusWriter(store, reporting);
    this.events = new GateEventSource(lists, selectedTasks);
    this.index = lists.index();
    lists.onChange(events::raiseEvent);
  }

  @Override
  public List<EventSource<?, AckTaskGate>> prepareEventSources(
      EventSourceContext<AckTaskGate> context) {
    objects.use(context.getPrimaryCache());
    return List.of(events);
  }

  @Override
  public UpdateControl<AckTaskGate> reconcile(AckTaskGate object, Context<AckTaskGate> context) {
    return reporting.guard().run(object, context, this::reconcile);
  }

  /** Leaves the status and the retry to the framework. */
  @Override
  public ErrorStatusUpdateControl<AckTaskGate> updateErrorStatus(
      AckTaskGate object, Context<AckTaskGate> context, Exception failure) {
    return ErrorStatusUpdateControl.defaultErrorProcessing();
  }

  /** The cached objects. */
  WatchedObjects<AckTaskGate> objects() {
    return objects;
  }

  /** What causes reconciles. */
  GateEventSource events() {
    return events;
  }

  private Optional<Duration> reconcile(AckTaskGate object) {
    ResourceID id = ResourceID.fromResource(object);
    if (object.isMarkedForDeletion()) {
      events.forget(id);
      return Optional.empty();
    }
    index.put(object);
    Optional<GateDecision> decision = writer.write(object, this::decide);
    if (objects.lack(id)) { // the deletion may have been reported before the gate was taken in
      events.forget(id);
    }
    return decision.flatMap(it -> untilNext(object, it));
  }

  private GateDecision decide(AckTaskGate current) {
    GateSnapshot snapshot = GateSnapshotFactory.of(current);
    Parsed<GateSettings> settings = GateSettings.parse(snapshot.spec());
    if (snapshot.isFinal() || !(settings instanceof Parsed.Valid<GateSettings> valid)) {
      return evaluate(snapshot, settings, NONE);
    }
    GateDecision decision = evaluate(snapshot, settings, evidence.read(current, valid.value()));
    return decision.isOpen()
        ? evaluate(snapshot, settings, evidence.readToOpen(current, valid.value()))
        : decision;
  }

  private GateDecision evaluate(
      GateSnapshot snapshot, Parsed<GateSettings> settings, GateEvidence found) {
    return evaluator.evaluate(snapshot, settings, found, reporting.clock().instant());
  }

  /** Until the deadline, or until the evidence is too old. */
  private Optional<Duration> untilNext(AckTaskGate object, GateDecision decision) {
    GateSnapshot snapshot = GateSnapshotFactory.of(object);
    Optional<Duration> untilOutdated =
        GateSettings.parse(snapshot.spec()) instanceof Parsed.Valid<GateSettings> valid
            ? evidence.untilOutdated(object, valid.value())
            : Optional.empty();
    return Stream.concat(
            Optional.ofNullable(decision.reconcileAgainAfter()).stream(), untilOutdated.stream())
        .min(Duration::compareTo);
  }
}
