package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.connection.ConnectionDecision;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.kubernetes.EventRecorder;
import dev.acktask.operator.kubernetes.WriteResult;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a decision to the status of a connection if it changed. On a conflict it decides again for
 * the current object.
 */
final class ConnectionStatusWriter<R extends CustomResource<ConnectionSpec, ConnectionStatus>> {
  private static final Logger log = LoggerFactory.getLogger(ConnectionStatusWriter.class);

  /** Enough for a burst of edits; a failed reconcile is repeated. */
  private static final int MAX_ATTEMPTS = 10;

  private final ConnectionStore<R> store;
  private final EventRecorder events;
  private final BooleanSupplier isLeader;

  /**
   * @param isLeader false once another replica may be the leader
   */
  ConnectionStatusWriter(ConnectionStore<R> store, EventRecorder events, BooleanSupplier isLeader) {
    this.store = store;
    this.events = events;
    this.isLeader = isLeader;
  }

  /**
   * Writes the decision of {@code decide} for {@code object}.
   *
   * @param decide empty for an object that is not the known version; its own event comes
   * @return the decision in the status; empty if there is none, or the object is gone
   * @throws IllegalStateException when the object changes faster than it can be written, or another
   *     replica may be the leader
   */
  Optional<ConnectionDecision> write(R object, Function<R, Optional<ConnectionDecision>> decide) {
    Optional<R> current = Optional.of(object);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<ConnectionDecision> decision = current.flatMap(decide);
      if (current.isEmpty() || decision.isEmpty()) {
        return Optional.empty();
      }
      R read = current.get();
      ConnectionStatus status = decision.get().status();
      if (status.equals(read.getStatus())) {
        return decision;
      }
      switch (put(read, status)) {
        case WriteResult.Written written -> {
          report(read, decision.get());
          return decision;
        }
        case WriteResult.NotFound gone -> {
          return Optional.empty();
        }
        case WriteResult.Invalid invalid -> throw invalid.cause();
        case WriteResult.Conflict conflict ->
            current = store.read(object).filter(found -> isSame(object, found));
      }
    }
    throw new IllegalStateException("the object changes faster than its status can be written");
  }

  private WriteResult put(R read, ConnectionStatus status) {
    if (!isLeader.getAsBoolean()) {
      throw new IllegalStateException("another replica may be the leader; nothing is written");
    }
    return store.write(read, status);
  }

  private boolean isSame(R object, R found) {
    return Objects.equals(object.getMetadata().getUid(), found.getMetadata().getUid());
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
