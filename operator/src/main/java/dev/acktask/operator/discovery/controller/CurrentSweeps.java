package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.polling.SweepResult;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes results to the {@link DiscoverySweepListener} for the current version of a discovery only:
 * the last result for an earlier one may come after it was forgotten. What the listener throws is
 * logged. Thread-safe.
 */
final class CurrentSweeps {
  private static final Logger log = LoggerFactory.getLogger(CurrentSweeps.class);

  private final DiscoverySweepListener listener;
  private final Function<ResourceID, @Nullable DiscoveryState> states;

  /**
   * @param states of the discoveries that are followed
   */
  CurrentSweeps(
      DiscoverySweepListener listener, Function<ResourceID, @Nullable DiscoveryState> states) {
    this.listener = listener;
    this.states = states;
  }

  /** Starts with a version of the object; see {@link DiscoveryState#begin}. */
  void begin(ResourceID id, DiscoveryState state, long generation, @Nullable SweepInbox inbox) {
    synchronized (state) {
      state.begin(generation, inbox);
      guard(() -> listener.forget(id));
    }
  }

  /** A sweep for the version that {@code inbox} belongs to ended. */
  void swept(ResourceID id, DiscoveryState state, SweepInbox inbox, SweepResult result) {
    synchronized (state) {
      if (states.apply(id) == state && state.inbox().filter(it -> it == inbox).isPresent()) {
        guard(() -> listener.swept(id, result));
      }
    }
  }

  /**
   * The discovery is not followed any more.
   *
   * @param removed its state; null if there was none
   */
  void end(ResourceID id, @Nullable DiscoveryState removed) {
    Object lock = removed == null ? this : removed;
    synchronized (lock) { // after a result that is being passed on
      guard(() -> listener.forget(id));
    }
  }

  private static void guard(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable unexpected) { // the discovery must go on
      log.error("Unexpected failure in a listener of discoveries; they continue", unexpected);
    }
  }
}
