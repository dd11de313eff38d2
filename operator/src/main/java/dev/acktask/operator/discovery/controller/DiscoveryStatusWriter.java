package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.discovery.DiscoveryDecision;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.kubernetes.EventRecorder;
import dev.acktask.operator.kubernetes.WriteResult;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Writes a decision to the status of a discovery if it changed; numbers alone at most every few
 * seconds. On a conflict it decides again for the current object.
 */
final class DiscoveryStatusWriter {
  private static final Logger log = LoggerFactory.getLogger(DiscoveryStatusWriter.class);

  /** Enough for a burst of edits; a failed reconcile is repeated. */
  private static final int MAX_ATTEMPTS = 10;

  /** Time between two writes that change numbers only. */
  private static final Duration PACE = Duration.ofSeconds(5);

  private final DiscoveryStore store;
  private final EventRecorder events;
  private final BooleanSupplier isLeader;
  private final LongSupplier nanoTime;

  DiscoveryStatusWriter(DiscoveryStore store, DiscoveryReporting reporting) {
    this.store = store;
    this.events = reporting.events();
    this.isLeader = reporting.isLeader();
    this.nanoTime = reporting.nanoTime();
  }

  /**
   * Writes the decision of {@code decide} for {@code object}.
   *
   * @param decide empty for an object that is not the known version; its own event comes
   * @return time after which to write again; empty if nothing waits
   * @throws IllegalStateException when the object changes faster than it can be written, or another
   *     replica may be the leader
   */
  Optional<Duration> write(
      AckTaskDiscovery object,
      DiscoveryState state,
      Function<AckTaskDiscovery, Optional<DiscoveryDecision>> decide) {
    Optional<AckTaskDiscovery> current = Optional.of(object);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<DiscoveryDecision> decision = current.flatMap(decide);
      if (current.isEmpty() || decision.isEmpty()) {
        return Optional.empty();
      }
      AckTaskDiscovery read = current.get();
      DiscoveryStatus status = decision.get().status();
      if (status.equals(read.getStatus())) {
        return Optional.empty();
      }
      Optional<Duration> pause = decision.get().canWait() ? pause(state) : Optional.empty();
      if (pause.isPresent()) {
        return pause;
      }
      switch (put(read, status)) {
        case WriteResult.Written written -> {
          state.written(nanoTime.getAsLong());
          report(read, decision.get());
          return Optional.empty();
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

  private Optional<Duration> pause(DiscoveryState state) {
    OptionalLong written = state.writtenAt();
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Duration since = Duration.ofNanos(nanoTime.getAsLong() - written.getAsLong());
    return since.compareTo(PACE) >= 0 ? Optional.empty() : Optional.of(PACE.minus(since));
  }

  private WriteResult put(AckTaskDiscovery read, DiscoveryStatus status) {
    if (!isLeader.getAsBoolean()) {
      throw new IllegalStateException("another replica may be the leader; nothing is written");
    }
    return store.write(read, status);
  }

  private static boolean isSame(AckTaskDiscovery object, AckTaskDiscovery found) {
    return Objects.equals(object.getMetadata().getUid(), found.getMetadata().getUid());
  }

  private void report(AckTaskDiscovery object, DiscoveryDecision decision) {
    for (ObjectEvent event : decision.events()) {
      log.atLevel(event.warning() ? Level.WARN : Level.INFO)
          .addKeyValue("namespace", object.getMetadata().getNamespace())
          .addKeyValue("discovery", object.getMetadata().getName())
          .addKeyValue("reason", event.reason())
          .addKeyValue("note", event.note())
          .log("Discovery transition");
    }
    events.publish(object, decision.events());
  }
}
