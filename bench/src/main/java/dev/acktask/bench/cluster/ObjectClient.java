package dev.acktask.bench.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.file.Path;

/**
 * The client of the objects of a run. Its status writes are answered with the metadata alone, as
 * those of the operator are: the object comes with the watch.
 */
public final class ObjectClient {
  private static final String METADATA =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

  private static final Interceptor METADATA_ONLY =
      new Interceptor() {
        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
          if (request.method().equals("PUT") && request.uri().getPath().endsWith("/status")) {
            builder.setHeader("Accept", METADATA);
          }
        }
      };

  private ObjectClient() {}

  /** A client under a kubeconfig; it lives as long as the process. */
  public static KubernetesClient of(Path kubeconfig) {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("metadata-only", METADATA_ONLY))
        .build();
  }
}
