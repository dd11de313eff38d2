package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** Result of a status write. */
public sealed interface WriteResult {
  /** The status is stored. */
  record Written() implements WriteResult {}

  /** The object has changed since it was read, or was recreated under the same name. */
  record Conflict() implements WriteResult {}

  /** The object does not exist any more. */
  record NotFound() implements WriteResult {}

  /** The API server rejects the status as invalid or too large; a retry does not help. */
  record Invalid(KubernetesClientException cause) implements WriteResult {}
}
