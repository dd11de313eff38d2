package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.ConnectionDecision;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.kubernetes.DecisionWriter;
import dev.acktask.operator.kubernetes.EventRecorder;
import dev.acktask.operator.kubernetes.StatusStore;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes decisions to the status of connections, and records their events. */
final class ConnectionStatusWriter<R extends CustomResource<ConnectionSpec, ConnectionStatus>> {
  private static final Logger log = LoggerFactory.getLogger(ConnectionStatusWriter.class);

  private final DecisionWriter<R, ConnectionStatus, ConnectionDecision> writer;
  private final EventRecorder events;

  /**
   * @param isLeader false once another replica may be the leader
   */
  ConnectionStatusWriter(
      StatusStore<R, ConnectionStatus> store, EventRecorder events, BooleanSupplier isLeader) {
    this.writer = new DecisionWriter<>(store, ConnectionDecision::status, this::report, isLeader);
    this.events = events;
  }

  /**
   * See {@link DecisionWriter#write}.
   *
   * @param decide empty for an object that is not the known version; its own event comes
   */
  Optional<ConnectionDecision> write(R object, Function<R, Optional<ConnectionDecision>> decide) {
    return writer.write(object, decide);
  }

  private void report(R object, ConnectionDecision decision) {
    for (ObjectEvent event : decision.events()) {
      log.atLevel(event.warning() ? Level.WARN : Level.INFO)
          .addKeyValue("connection", ConnectionEventSource.key(object).toString())
          .addKeyValue("reason", event.reason())
          .addKeyValue("note", event.note())
          .log("Connection transition");
    }
    events.publish(object, decision.events());
  }
}
