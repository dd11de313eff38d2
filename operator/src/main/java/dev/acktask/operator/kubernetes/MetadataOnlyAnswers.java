package dev.acktask.operator.kubernetes;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;

/**
 * Requests a {@code PartialObjectMetadata} as the answer to a status write (Kubernetes API
 * concepts, "Metadata-only fetches"; since Kubernetes 1.15). The answer is not read: the watch
 * delivers the object that was written. Without this each status would be encoded, encrypted and
 * sent a second time.
 */
final class MetadataOnlyAnswers implements Interceptor {
  static final String NAME = "metadata-only-answers";

  /** Second, what the API server answers if it does not know the first. */
  static final String ACCEPT =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

  static final String API_VERSION = "meta.k8s.io/v1";
  static final String KIND = "PartialObjectMetadata";

  private static final String ACCEPT_LIST =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  private static final String NAMESPACES = "/api/v1/namespaces";

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    String path = request.uri().getPath();
    if (request.method().equals("PUT") && path.endsWith("/status")) {
      builder.setHeader("Accept", ACCEPT);
    } else if (request.method().equals("GET") && path.endsWith(NAMESPACES)) {
      boolean isWatch = String.valueOf(request.uri().getQuery()).contains("watch=true");
      builder.setHeader("Accept", isWatch ? ACCEPT : ACCEPT_LIST);
    }
  }
}
