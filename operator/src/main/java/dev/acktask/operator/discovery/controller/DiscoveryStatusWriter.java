package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.discovery.DiscoveryDecision;
import dev.acktask.operator.event.ObjectEvent;
import dev.acktask.operator.kubernetes.DecisionWriter;
import dev.acktask.operator.kubernetes.EventRecorder;
import dev.acktask.operator.kubernetes.StatusStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    List<Duration> pauses = new ArrayList<>();
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
              decision.flatMap(it -> pause(current, it, state)).ifPresent(pauses::add);
              return decision.filter(it -> pauses.isEmpty());
            });
    return pauses.stream().findFirst();
  }

  /** Time for which the decision must wait; empty if it is written now, or changes nothing. */
  private Optional<Duration> pause(
      AckTaskDiscovery current, DiscoveryDecision decision, DiscoveryState state) {
    boolean waits = decision.canWait() && !decision.status().equals(current.getStatus());
    return waits ? pause(state) : Optional.empty();
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
