package dev.acktask.operator.controller;

import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/**
 * Writes the whole status with a PUT that carries uid and resourceVersion of the object that was
 * read. A patch without a resourceVersion could write the verdict of the old task to an object that
 * was recreated under the same name.
 */
public final class KubernetesAckTaskStore implements AckTaskStore {
  /** The status does not match the schema of the installed CRD. */
  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;

  public KubernetesAckTaskStore(KubernetesClient client) {
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
  public WriteResult write(AckTask read, AckTaskStatus status) {
    try {
      // Not as a resource: the answer is not parsed, because the object comes with the watch.
      String json = client.getKubernetesSerialization().asJson(fenced(read, status));
      client.raw(statusPath(read.getMetadata()), "PUT", json);
      return new WriteResult.Written();
    } catch (KubernetesClientException refused) {
      return switch (refused.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> new WriteResult.Conflict();
        case HttpURLConnection.HTTP_NOT_FOUND -> new WriteResult.NotFound();
        case UNPROCESSABLE, HttpURLConnection.HTTP_ENTITY_TOO_LARGE ->
            new WriteResult.Invalid(refused);
        default -> {
          if (isTooLarge(refused)) {
            yield new WriteResult.Invalid(refused);
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

  /** The API server reports the size limits of etcd as code 500. */
  private static boolean isTooLarge(KubernetesClientException refused) {
    String message = refused.getMessage();
    return refused.getCode() == HttpURLConnection.HTTP_INTERNAL_ERROR
        && message != null
        && (message.contains("request is too large") || message.contains("ResourceExhausted"));
  }

  private static String statusPath(ObjectMeta meta) {
    return "/apis/%s/namespaces/%s/%s/%s/status"
        .formatted(
            HasMetadata.getApiVersion(AckTask.class),
            meta.getNamespace(),
            HasMetadata.getPlural(AckTask.class),
            meta.getName());
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
