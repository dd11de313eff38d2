package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.kubernetes.FencedStatusWriter;
import dev.acktask.operator.kubernetes.WriteResult;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** The discoveries of an API server; see {@link FencedStatusWriter} for the writes. */
final class KubernetesDiscoveryStore implements DiscoveryStore {
  private final KubernetesClient client;
  private final FencedStatusWriter writer;

  KubernetesDiscoveryStore(KubernetesClient client) {
    this.client = client;
    this.writer = new FencedStatusWriter(client);
  }

  @Override
  public Optional<AckTaskDiscovery> read(AckTaskDiscovery object) {
    ObjectMeta meta = object.getMetadata();
    return Optional.ofNullable(
        client
            .resources(AckTaskDiscovery.class)
            .inNamespace(meta.getNamespace())
            .withName(meta.getName())
            .get());
  }

  @Override
  public WriteResult write(AckTaskDiscovery read, DiscoveryStatus status) {
    return writer.write(read, new AckTaskDiscovery(), status);
  }
}
