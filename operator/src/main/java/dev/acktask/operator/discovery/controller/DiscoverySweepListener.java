package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.polling.SweepResult;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Follows what the sweeps of discoveries find, beside the creation of AckTasks. Thread-safe. */
public interface DiscoverySweepListener {
  /** A sweep for the discovery ended. */
  void swept(ResourceID discovery, SweepResult result);

  /** The discovery was deleted, changed or suspended: its earlier results no longer count. */
  void forget(ResourceID discovery);
}
