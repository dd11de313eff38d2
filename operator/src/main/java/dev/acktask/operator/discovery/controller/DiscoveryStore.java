package dev.acktask.operator.discovery.controller;

import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.DiscoveryStatus;
import dev.acktask.operator.kubernetes.WriteResult;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Reads discoveries at the API server and writes their status. */
interface DiscoveryStore {
  /** The current object with the name of {@code object}, or empty when there is none. */
  Optional<AckTaskDiscovery> read(AckTaskDiscovery object);

  /**
   * Writes {@code status} only if the object is unchanged since it was {@code read}.
   *
   * @throws KubernetesClientException when the API server refuses or does not answer; a retry is
   *     harmless
   */
  WriteResult write(AckTaskDiscovery read, DiscoveryStatus status);
}
