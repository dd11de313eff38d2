package dev.acktask.operator.liveness;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.PartialObjectMetadataList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists metadata only, in pages. No resourceVersion is asked for, so that the answer is the newest:
 * {@code resourceVersion=0} would be answered from the same cache of the API server that feeds the
 * watch, and a server that lags behind would agree with a watch that lags behind.
 */
public final class KubernetesVersions implements ServerVersions {
  private static final Logger log = LoggerFactory.getLogger(KubernetesVersions.class);

  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
  private static final int PAGE = 500;

  private final KubernetesClient client;
  private final Duration timeout;
  private final List<URI> lists;

  /**
   * @param client of its own, so that the watch's trouble with its client is not shared
   * @param namespaces empty means all
   * @param timeout of one page
   */
  public KubernetesVersions(
      KubernetesClient client,
      Class<? extends HasMetadata> type,
      List<String> namespaces,
      Duration timeout) {
    this.client = client;
    this.timeout = timeout;
    URI api =
        URI.create(client.getMasterUrl().toString())
            .resolve("apis/" + HasMetadata.getApiVersion(type) + "/");
    String plural = HasMetadata.getPlural(type);
    this.lists =
        namespaces.isEmpty()
            ? List.of(api.resolve(plural))
            : namespaces.stream()
                .map(namespace -> api.resolve("namespaces/" + namespace + "/" + plural))
                .toList();
  }

  @Override
  public Optional<Map<String, String>> read(Runnable onPage) {
    Map<String, String> versions = new HashMap<>();
    try {
      for (URI list : lists) {
        String next = null;
        do {
          next = readPage(list, next, versions);
          onPage.run();
        } while (next != null && !next.isEmpty());
      }
      return Optional.of(versions);
    } catch (IOException | ExecutionException | TimeoutException | RuntimeException unanswered) {
      log.debug("The API server cannot be asked for its versions", unanswered);
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Returns where the next page begins, if there is one. */
  private @Nullable String readPage(URI list, @Nullable String from, Map<String, String> versions)
      throws IOException, ExecutionException, InterruptedException, TimeoutException {
    String query =
        "?limit="
            + PAGE
            + (from == null ? "" : "&continue=" + URLEncoder.encode(from, StandardCharsets.UTF_8));
    HttpClient http = client.getHttpClient();
    CompletableFuture<HttpResponse<byte[]>> asked =
        http.sendAsync(
            http.newHttpRequestBuilder()
                .uri(list + query)
                .header("Accept", METADATA_ONLY)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build(),
            byte[].class);
    try {
      HttpResponse<byte[]> answer = asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!answer.isSuccessful()) {
        throw new IOException("status " + answer.code());
      }
      PartialObjectMetadataList page =
          client
              .getKubernetesSerialization()
              .unmarshal(new ByteArrayInputStream(answer.body()), PartialObjectMetadataList.class);
      for (PartialObjectMetadata item : page.getItems()) {
        versions.put(item.getMetadata().getUid(), item.getMetadata().getResourceVersion());
      }
      return page.getMetadata().getContinue();
    } finally {
      asked.cancel(true);
    }
  }
}
