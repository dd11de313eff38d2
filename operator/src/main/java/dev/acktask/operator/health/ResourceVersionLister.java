package dev.acktask.operator.health;

import dev.acktask.operator.kubernetes.ApiServerFailure;
import dev.acktask.operator.kubernetes.ResourceCollection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.PartialObjectMetadata;
import io.fabric8.kubernetes.api.model.PartialObjectMetadataList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists metadata only, in pages. The requests name no resourceVersion, so that the response is the
 * latest state. With {@code resourceVersion=0} the API server would answer from its watch cache,
 * and a stale watch cache would agree with a stale watch.
 */
public final class ResourceVersionLister implements ResourceVersionReader {
  private static final Logger log = LoggerFactory.getLogger(ResourceVersionLister.class);

  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
  private static final int LIST_PAGE_SIZE = 500;

  /**
   * Maximum number of namespaces without an answer in one round. One slow list must not block the
   * others, and an unreachable API server must not cost one timeout for each namespace.
   */
  private static final int MAX_UNANSWERED = 2;

  private static final ApiServerFailure WATCH_FORBIDDEN =
      new ApiServerFailure(ApiServerFailure.Kind.FORBIDDEN, "watch, HTTP 403");

  private final KubernetesClient client;
  private final String kind;
  private final Duration timeout;
  private final Map<String, ResourceCollection> lists;
  private final NamespaceChangeProbe probe;

  /** The namespaces in the order of their last list, the oldest first. */
  private final Set<String> order;

  /**
   * @param client separate from the client of the watch, so that its failures do not affect the
   *     lists
   * @param namespaces empty means all
   * @param labelSelector the selector of the watch; empty selects all
   * @param timeout for one page
   */
  public ResourceVersionLister(
      KubernetesClient client,
      Class<? extends HasMetadata> type,
      List<String> namespaces,
      String labelSelector,
      Duration timeout) {
    this.client = client;
    this.kind = HasMetadata.getKind(type);
    this.timeout = timeout;
    Map<String, ResourceCollection> collections = new LinkedHashMap<>();
    namespaces.forEach(
        namespace ->
            collections.put(
                namespace, ResourceCollection.in(namespace, client, type, labelSelector)));
    if (namespaces.isEmpty()) {
      collections.put(ALL_NAMESPACES, ResourceCollection.everywhere(client, type, labelSelector));
    }
    this.lists = collections;
    this.order = new LinkedHashSet<>(lists.keySet());
    this.probe = new NamespaceChangeProbe(client, lists);
  }

  @Override
  public State read(Runnable onPage) {
    Map<String, Map<String, String>> found = new HashMap<>();
    Map<String, ApiServerFailure> failures = new HashMap<>();
    int unanswered = 0;
    for (String namespace : List.copyOf(order)) {
      Optional<ApiServerFailure> failure =
          readAll(namespace, Objects.requireNonNull(lists.get(namespace)), found, onPage);
      onPage.run();
      failure.ifPresent(why -> failures.put(namespace, why));
      order.remove(namespace);
      order.add(namespace); // namespaces not reached now come first next time
      unanswered += failure.filter(why -> why.kind().isSilence()).isPresent() ? 1 : 0;
      if (unanswered == MAX_UNANSWERED) {
        failure.ifPresent(why -> order.forEach(other -> addUnread(other, why, found, failures)));
        break;
      }
    }
    for (String forbidden : probe.findForbidden(Set.copyOf(found.keySet()), onPage)) {
      failures.put(forbidden, WATCH_FORBIDDEN);
      found.remove(forbidden);
    }
    return new State(found, failures);
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Duration timeout() {
    return timeout;
  }

  private static void addUnread(
      String namespace,
      ApiServerFailure why,
      Map<String, Map<String, String>> found,
      Map<String, ApiServerFailure> failures) {
    if (!found.containsKey(namespace)) {
      failures.putIfAbsent(namespace, why);
    }
  }

  @Override
  public boolean mayHaveChanged(Runnable onAnswer) {
    return probe.mayHaveChanged(onAnswer);
  }

  /** Adds the versions of one namespace to {@code found}, or nothing if a page fails. */
  private Optional<ApiServerFailure> readAll(
      String namespace,
      ResourceCollection list,
      Map<String, Map<String, String>> found,
      Runnable onPage) {
    Map<String, String> versions = new HashMap<>();
    try {
      ListMeta page = readPage(list, null, versions);
      String revision = page.getResourceVersion();
      onPage.run();
      while (page.getContinue() != null && !page.getContinue().isEmpty()) {
        page = readPage(list, page.getContinue(), versions);
        onPage.run();
      }
      found.put(namespace, versions);
      probe.listed(namespace, revision == null ? "" : revision);
      return Optional.empty();
    } catch (NotAList response) {
      log.debug("The API server did not list {}s: {}", kind, response.failure.text());
      return Optional.of(response.failure);
    } catch (IOException | ExecutionException | TimeoutException | RuntimeException failure) {
      log.debug("The API server did not list {}s", kind, failure);
      return Optional.of(ApiServerFailure.of(failure));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.of(new ApiServerFailure(ApiServerFailure.Kind.NO_ANSWER, "interrupted"));
    }
  }

  /** A response that is not a list. */
  private static final class NotAList extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient ApiServerFailure failure;

    NotAList(ApiServerFailure failure) {
      super(failure.text());
      this.failure = failure;
    }
  }

  private ListMeta readPage(
      ResourceCollection list, @Nullable String from, Map<String, String> versions)
      throws IOException, ExecutionException, InterruptedException, TimeoutException {
    String query =
        "limit="
            + LIST_PAGE_SIZE
            + (from == null ? "" : "&continue=" + URLEncoder.encode(from, StandardCharsets.UTF_8));
    HttpClient http = client.getHttpClient();
    CompletableFuture<HttpResponse<byte[]>> pending =
        http.sendAsync(
            http.newHttpRequestBuilder()
                .uri(list.url(query))
                .header("Accept", METADATA_ONLY)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build(),
            byte[].class);
    try {
      HttpResponse<byte[]> response = pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!response.isSuccessful()) {
        throw new NotAList(
            ApiServerFailure.ofResponse(response.code(), response.header("Content-Type"))
                .orElseGet(() -> ApiServerFailure.ofCode(response.code())));
      }
      PartialObjectMetadataList page =
          client
              .getKubernetesSerialization()
              .unmarshal(
                  new ByteArrayInputStream(response.body()), PartialObjectMetadataList.class);
      // The API server writes the items of an empty list of metadata as null.
      for (PartialObjectMetadata item :
          Objects.requireNonNullElse(page.getItems(), List.<PartialObjectMetadata>of())) {
        versions.put(item.getMetadata().getUid(), item.getMetadata().getResourceVersion());
      }
      return page.getMetadata();
    } finally {
      pending.cancel(true);
    }
  }
}
