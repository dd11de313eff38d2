package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * Writes the whole status with a PUT that carries uid and resourceVersion of the object that was
 * read. A patch without a resourceVersion could write the status of the old object to one that was
 * recreated under the same name.
 */
public final class FencedStatusWriter {
  /** The status does not match the schema of the installed CRD. */
  private static final int UNPROCESSABLE = 422;

  private final KubernetesClient client;

  public FencedStatusWriter(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Writes {@code status} only if the object is unchanged since it was {@code read}.
   *
   * @param fresh a new object of the same class
   * @throws KubernetesClientException when the API server refuses or does not answer; the write may
   *     have succeeded, and a retry is harmless
   */
  public <P, S, R extends CustomResource<P, S>> WriteResult write(R read, R fresh, S status) {
    ObjectMeta meta = read.getMetadata();
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(meta.getNamespace())
            .withName(meta.getName())
            .withUid(meta.getUid())
            .withResourceVersion(meta.getResourceVersion())
            .build());
    fresh.setSpec(read.getSpec());
    fresh.setStatus(status);
    return put(fresh);
  }

  private WriteResult put(CustomResource<?, ?> object) {
    try {
      // Not as a resource: the answer is not parsed, because the object comes with the watch.
      String json = client.getKubernetesSerialization().asJson(object);
      client.raw(statusPath(object), "PUT", json);
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

  /** The API server reports the size limits of etcd as code 500. */
  private static boolean isTooLarge(KubernetesClientException refused) {
    String message = refused.getMessage();
    return refused.getCode() == HttpURLConnection.HTTP_INTERNAL_ERROR
        && message != null
        && (message.contains("request is too large") || message.contains("ResourceExhausted"));
  }

  private static String statusPath(CustomResource<?, ?> object) {
    ObjectMeta meta = object.getMetadata();
    String scope = meta.getNamespace() == null ? "" : "namespaces/" + meta.getNamespace() + "/";
    return "/apis/%s/%s%s/%s/status"
        .formatted(
            HasMetadata.getApiVersion(object.getClass()),
            scope,
            HasMetadata.getPlural(object.getClass()),
            meta.getName());
  }
}
