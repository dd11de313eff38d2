package dev.acktask.operator.gate.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.DiscoverySpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A cache of discoveries in memory; {@code all} exists. */
final class FakeDiscoveries implements DiscoveryCache {
  private final Map<ResourceID, AckTaskDiscovery> discoveries = new ConcurrentHashMap<>();
  volatile boolean isStarted = true;

  FakeDiscoveries() {
    put("all", spec());
  }

  /** A spec with one cluster. */
  static DiscoverySpec.Builder spec() {
    return DiscoverySpec.builder().clusters(new DiscoverySpec.Clusters(List.of("c1"), null, null));
  }

  AckTaskDiscovery put(String name, DiscoverySpec.Builder spec) {
    AckTaskDiscovery object = new AckTaskDiscovery();
    object.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName(name).build());
    object.setSpec(spec.build());
    discoveries.put(Gates.id(name), object);
    return object;
  }

  void remove(String name) {
    discoveries.remove(Gates.id(name));
  }

  @Override
  public boolean isStarted() {
    return isStarted;
  }

  @Override
  public Optional<AckTaskDiscovery> find(ResourceID id) {
    return Optional.ofNullable(discoveries.get(id));
  }
}
