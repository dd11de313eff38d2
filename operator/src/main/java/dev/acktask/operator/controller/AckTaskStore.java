package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Reads, writes and deletes AckTasks at the API server. */
public interface AckTaskStore {
  /** The current object with the name of {@code task}, or empty when there is none. */
  Optional<AckTask> read(AckTask task);

  /**
   * Writes {@code status} only if the object is unchanged since it was {@code read}.
   *
   * @throws KubernetesClientException when the API server refuses or does not answer; the write may
   *     have succeeded, and a retry is harmless
   */
  WriteResult write(AckTask read, AckTaskStatus status);

  /**
   * Deletes the object only if it is unchanged since it was {@code read}.
   *
   * @throws KubernetesClientException when the API server refuses or does not answer
   */
  void delete(AckTask read);

  /** Result of a status write. */
  sealed interface WriteResult {
    /** The status is stored. */
    record Written() implements WriteResult {}

    /** The object has changed since it was read, or was recreated under the same name. */
    record Conflict() implements WriteResult {}

    /** The object does not exist any more. */
    record NotFound() implements WriteResult {}

    /** The API server rejects the status as invalid or too large; a retry does not help. */
    record Invalid(KubernetesClientException cause) implements WriteResult {}
  }
}
