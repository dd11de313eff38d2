package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.discovery.DiscoveryDecision;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.kubernetes.DecisionWriter;
import dev.acktask.operator.kubernetes.EventRecorder;
import dev.acktask.operator.kubernetes.StatusStore;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
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

  /** Time between two writes that change numbers only. */
  private static final Duration PACE = Duration.ofSeconds(5);

  private final StatusStore<AckTaskDiscovery, DiscoveryStatus> store;
  private final EventRecorder events;
  private final BooleanSupplier isLeader;
  private final LongSupplier nanoTime;

  DiscoveryStatusWriter(
      StatusStore<AckTaskDiscovery, DiscoveryStatus> store, DiscoveryReporting reporting) {
    this.store = store;
    this.events = reporting.events();
    this.isLeader = reporting.isLeader();
    this.nanoTime = reporting.nanoTime();
  }

  /**
   * Writes the decision of {@code decide} for {@code object}; see {@link DecisionWriter#write}.
   *
   * @param decide empty for an object that is not the known version; its own event comes
   * @return time after which to write again; empty if nothing waits
   */
  Optional<Duration> write(
      AckTaskDiscovery object,
      DiscoveryState state,
      Function<AckTaskDiscovery, Optional<DiscoveryDecision>> decide) {
    AtomicReference<Optional<Duration>> pause = new AtomicReference<>(Optional.empty());
    new DecisionWriter<>(
            store,
            DiscoveryDecision::status,
            (AckTaskDiscovery read, DiscoveryDecision decision) -> {
              state.written(nanoTime.getAsLong());
              report(read, decision);
            },
            isLeader)
        .write(
            object,
            current -> {
              Optional<DiscoveryDecision> decision = decide.apply(current);
              pause.set(
                  decision
                      .filter(it -> it.canWait() && !it.status().equals(current.getStatus()))
                      .flatMap(it -> pause(state)));
              return decision.filter(it -> pause.get().isEmpty());
            });
    return pause.get();
  }

  private Optional<Duration> pause(DiscoveryState state) {
    OptionalLong written = state.writtenAt();
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Duration since = Duration.ofNanos(nanoTime.getAsLong() - written.getAsLong());
    return since.compareTo(PACE) >= 0 ? Optional.empty() : Optional.of(PACE.minus(since));
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
