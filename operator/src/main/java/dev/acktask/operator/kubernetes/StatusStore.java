package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/**
 * Reads the objects of one kind at the API server and writes their status.
 *
 * @param <R> the kind
 * @param <S> its status
 */
public interface StatusStore<R, S> {
  /** The current object with the name of {@code object}, or empty when there is none. */
  Optional<R> read(R object);

  /**
   * Writes {@code status} only if the object is unchanged since it was {@code read}.
   *
   * @throws KubernetesClientException when the API server refuses or does not answer; a retry is
   *     harmless
   */
  WriteResult write(R read, S status);
}
