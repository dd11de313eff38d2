package dev.acktask.operator.connection.controller;

import dev.acktask.operator.api.v1alpha1.ConnectionSpec;
import dev.acktask.operator.api.v1alpha1.ConnectionStatus;
import dev.acktask.operator.kubernetes.WriteResult;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Reads connections at the API server and writes their status. */
interface ConnectionStore<R extends CustomResource<ConnectionSpec, ConnectionStatus>> {
  /** The current object with the name of {@code object}, or empty when there is none. */
  Optional<R> read(R object);

  /**
   * Writes {@code status} only if the object is unchanged since it was {@code read}.
   *
   * @throws KubernetesClientException when the API server refuses or does not answer; a retry is
   *     harmless
   */
  WriteResult write(R read, ConnectionStatus status);
}
