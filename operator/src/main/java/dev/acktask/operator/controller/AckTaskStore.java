package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** The AckTasks of the API server, as far as the reconciler needs them. */
interface AckTaskStore {
  /** The object under the name of {@code task} as it is now, or empty when it is gone. */
  Optional<AckTask> read(AckTask task);

  /**
   * Writes {@code status} onto exactly the object that was read, or not at all.
   *
   * @throws KubernetesClientException when the API server refuses or does not answer; whether the
   *     write landed is then unknown, and writing again is harmless
   */
  Write write(AckTask read, AckTaskStatus status);

  /**
   * Deletes exactly the object that was read, or nothing.
   *
   * @throws KubernetesClientException when the API server refuses or does not answer
   */
  void delete(AckTask read);

  /** How a write ended. */
  sealed interface Write {
    /** The status is stored. */
    record Done() implements Write {}

    /** The object has changed since it was read, or is another one under the same name. */
    record Conflict() implements Write {}

    /** The object is gone. */
    record Gone() implements Write {}

    /** The API server finds the status invalid or too large; sending it again would not help. */
    record Refused(KubernetesClientException why) implements Write {}
  }
}
