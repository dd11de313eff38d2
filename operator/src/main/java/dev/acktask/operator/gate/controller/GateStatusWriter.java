package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskGate;
import dev.acktask.operator.api.v1alpha1.GateStatus;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.gate.GateDecision;
import dev.acktask.operator.kubernetes.DecisionWriter;
import dev.acktask.operator.kubernetes.EventRecorder;
import dev.acktask.operator.kubernetes.StatusStore;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes decisions to the status of gates, and records their events. */
final class GateStatusWriter {
  private static final Logger log = LoggerFactory.getLogger(GateStatusWriter.class);

  private final DecisionWriter<AckTaskGate, GateStatus, GateDecision> writer;
  private final EventRecorder events;

  GateStatusWriter(StatusStore<AckTaskGate, GateStatus> store, GateReporting reporting) {
    this.writer =
        new DecisionWriter<>(store, GateDecision::status, this::report, reporting.isLeader());
    this.events = reporting.events();
  }

  /** See {@link DecisionWriter#write}. */
  Optional<GateDecision> write(AckTaskGate object, Function<AckTaskGate, GateDecision> decide) {
    return writer.write(object, current -> Optional.of(decide.apply(current)));
  }

  private void report(AckTaskGate object, GateDecision decision) {
    for (ObjectEvent event : decision.events()) {
      log.atLevel(event.warning() ? Level.WARN : Level.INFO)
          .addKeyValue("namespace", object.getMetadata().getNamespace())
          .addKeyValue("gate", object.getMetadata().getName())
          .addKeyValue("reason", event.reason())
          .addKeyValue("note", event.note())
          .log("Gate transition");
    }
    events.publish(object, decision.events());
  }
}
