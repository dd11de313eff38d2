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

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (request.method().equals("PUT") && request.uri().getPath().endsWith("/status")) {
      builder.setHeader("Accept", ACCEPT);
    }
  }
}
