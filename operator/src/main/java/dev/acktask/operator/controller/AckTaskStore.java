package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import dev.acktask.operator.kubernetes.WriteResult;
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
}
