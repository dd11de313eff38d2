package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;

/** The discoveries in the informer's cache. Thread-safe. */
public interface DiscoveryCache {
  /** True once all discoveries that the operator may list are known. */
  boolean isStarted();

  /** The discovery with this name. */
  Optional<AckTaskDiscovery> find(ResourceID id);
}
