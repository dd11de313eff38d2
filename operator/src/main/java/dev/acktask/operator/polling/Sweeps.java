package dev.acktask.operator.polling;

import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Sweeps for objects that follow tasks whose ids they do not know. Thread-safe. */
public interface Sweeps {
  /**
   * Sweeps for {@code subscriber} from now on, in place of its earlier subscription. One sweep
   * serves all subscribers of a cluster, and the polls of its tasks.
   *
   * @param subscriber in whose namespace the references of the subscription are resolved
   */
  void subscribe(ResourceID subscriber, SweepSubscription subscription);

  /** Ends a subscription; without one it has no effect. */
  void unsubscribe(ResourceID subscriber);
}
