package dev.acktask.operator;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.discovery.controller.DiscoveryControllers;
import dev.acktask.operator.gate.controller.DiscoveryCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;

/** The cache of the discovery controller as the gates read it. */
record CachedDiscoveries(DiscoveryControllers discoveries) implements DiscoveryCache {
  @Override
  public boolean isStarted() {
    return discoveries.isStarted();
  }

  @Override
  public Optional<AckTaskDiscovery> find(ResourceID id) {
    return discoveries.find(id);
  }
}
