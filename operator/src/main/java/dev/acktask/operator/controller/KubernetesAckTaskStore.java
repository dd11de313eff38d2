package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Writes the whole status with a PUT that names uid and resourceVersion of the object that was
 * read. A patch without a resourceVersion would land on an object recreated under the same name,
 * and put the old task's verdict on it.
 */
final class KubernetesAckTaskStore implements AckTaskStore {
  /** 422: the status does not match the schema of the CRD that is installed. */
  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;

  KubernetesAckTaskStore(KubernetesClient client) {
    this.client = client;
  }

  @Override
  public Optional<AckTask> read(AckTask task) {
    ObjectMeta meta = task.getMetadata();
    return Optional.ofNullable(
        client
            .resources(AckTask.class)
            .inNamespace(meta.getNamespace())
            .withName(meta.getName())
            .get());
  }

  @Override
  public Write write(AckTask read, AckTaskStatus status) {
    try {
      client.resource(fenced(read, status)).updateStatus();
      return new Write.Done();
    } catch (KubernetesClientException refused) {
      return switch (refused.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> new Write.Conflict();
        case HttpURLConnection.HTTP_NOT_FOUND -> new Write.Gone();
        case UNPROCESSABLE, HttpURLConnection.HTTP_ENTITY_TOO_LARGE -> new Write.Refused(refused);
        default -> {
          if (isTooLarge(refused)) {
            yield new Write.Refused(refused);
          }
          throw refused;
        }
      };
    }
  }

  @Override
  public void delete(AckTask read) {
    try {
      client.resource(read).lockResourceVersion().delete();
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw refused;
      }
    }
  }

  /** etcd's own limits come as errors of the server, which look as if they would pass. */
  private static boolean isTooLarge(KubernetesClientException refused) {
    String message = refused.getMessage();
    return refused.getCode() == HttpURLConnection.HTTP_INTERNAL_ERROR
        && message != null
        && (message.contains("request is too large") || message.contains("ResourceExhausted"));
  }

  private static AckTask fenced(AckTask read, AckTaskStatus status) {
    ObjectMeta meta = read.getMetadata();
    AckTask fresh = new AckTask();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(meta.getNamespace())
            .withName(meta.getName())
            .withUid(meta.getUid())
            .withResourceVersion(meta.getResourceVersion())
            .build());
    fresh.setSpec(read.getSpec());
    fresh.setStatus(status);
    return fresh;
  }
}
