package dev.acktask.operator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.controller.AckTaskController;
import dev.acktask.operator.kubernetes.ApiServerFailure;
import dev.acktask.operator.kubernetes.ApiServerMonitor;
import dev.acktask.operator.kubernetes.PagedHttpClientFactory;
import dev.acktask.operator.kubernetes.ShortWatch;
import dev.acktask.operator.proxy.ProxyPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The way to the API server of the current kube context. */
final class KubernetesAccess {
  /** Longest that an answer of the API server may take. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int RETRIES = 3;

  /** What the environment says; it is the same for every client. */
  private static final ProxyPolicy PROXIES = ProxyPolicy.orDirect(System.getenv());

  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  /** Its own pool would keep a platform thread for each request that was ever under way at once. */
  private static final HttpClient.Factory ON_VIRTUAL_THREADS =
      KubernetesProxy.clients(PROXIES, THREADS);

  /** Of the client of the Lease, whose requests come one after the other. */
  private static final int LEASE_THREADS = 3;

  /** Of all clients of this process, because one cause keeps them all from the API server. */
  private static final ApiServerMonitor MONITOR = new ApiServerMonitor(System::nanoTime);

  private KubernetesAccess() {}

  /** What keeps requests that are no watch from the API server at present. */
  static Optional<ApiServerFailure> failure() {
    return MONITOR.failure();
  }

  /** How long the watch that has waited longest has had no answer; zero when each has one. */
  static Duration unansweredWatch() {
    return MONITOR.unansweredWatch();
  }

  /** What the proxy before the API server does where it gives no connection to it; may block. */
  static Optional<String> proxyRefusal() {
    return KubernetesProxy.refusal(URI.create(Config.autoConfigure(null).getMasterUrl()), PROXIES);
  }

  /**
   * Who wrote which fields is most of the metadata, and is kept for every object; the operator asks
   * only who wrote, and when.
   */
  @JsonIgnoreProperties("fieldsV1")
  private interface WithoutFields {}

  /** A client whose requests take {@code timeout} at most, and are not repeated. */
  static KubernetesClient client(Duration timeout) {
    return client(timeout, 0, new ObjectMapper(), ON_VIRTUAL_THREADS);
  }

  /**
   * The client of the Lease. It has a few platform threads of its own: while tasks use every
   * processor no virtual thread runs, and a leader that cannot renew in time ends.
   */
  static KubernetesClient leasing(Duration timeout) {
    Executor threads =
        Executors.newFixedThreadPool(
            LEASE_THREADS, Thread.ofPlatform().daemon().name("lease-http-", 1).factory());
    return client(timeout, 0, new ObjectMapper(), KubernetesProxy.clients(PROXIES, threads));
  }

  /** One for all purposes, made on a thread of its own; what follows it runs there as well. */
  static CompletableFuture<KubernetesClient> begin() {
    KubernetesProxy.allowBasic();
    MONITOR.start(
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("api-server-monitor").factory()));
    return CompletableFuture.supplyAsync(
        () -> client(TIMEOUT, RETRIES, pruning()),
        contact -> Thread.ofPlatform().daemon().name("contact").start(contact));
  }

  /** The client of the informer, whose answers stay in memory. */
  static KubernetesClient watching() {
    return client(TIMEOUT, RETRIES, pruning().registerModule(new CachePruningModule()));
  }

  /** The client that lists resourceVersions, to be compared with those of the informer. */
  static KubernetesClient comparing() {
    return client(TIMEOUT, 0, pruning());
  }

  /**
   * For all clients but that of the Lease, which writes back the metadata that it has read: users
   * decide how much metadata an object has.
   */
  private static ObjectMapper pruning() {
    return new ObjectMapper().registerModule(new MetadataPruningModule());
  }

  private static KubernetesClient client(Duration timeout, int retries, ObjectMapper json) {
    return client(timeout, retries, json, ON_VIRTUAL_THREADS);
  }

  private static KubernetesClient client(
      Duration timeout, int retries, ObjectMapper json, HttpClient.Factory factory) {
    Config settings =
        KubernetesProxy.configure(Config.autoConfigure(null), PROXIES)
            .withRequestTimeout((int) timeout.toMillis())
            .withConnectionTimeout((int) timeout.toMillis())
            .withRequestRetryBackoffLimit(retries)
            // With HTTP/2 all requests would share one connection, and its silent death.
            .withHttp2Disable(true)
            .withUserAgent(AckTaskController.FIELD_MANAGER)
            .build();
    return new KubernetesClientBuilder()
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("api-server-monitor", MONITOR))
        .withConfig(settings)
        .withHttpClientFactory(
            new PagedHttpClientFactory(factory, Runtime.getRuntime().maxMemory()))
        .withKubernetesSerialization(serialization(json))
        .build();
  }

  /**
   * Knows the types that are used here; to look for all there are would load a thousand classes.
   */
  private static KubernetesSerialization serialization(ObjectMapper json) {
    json.addMixIn(ManagedFieldsEntry.class, WithoutFields.class);
    KubernetesSerialization serialization = new KubernetesSerialization(json, false);
    serialization.registerKubernetesResource(AckTask.class);
    serialization.registerKubernetesResource(Status.class); // what the API server says of errors
    return serialization;
  }

  /**
   * Fails in one line where the framework would fail in a hundred.
   *
   * @param namespaces empty means all
   * @return the namespaces that the API server forbids to list or to watch
   * @throws IllegalStateException when it forbids every one
   */
  static Map<String, ApiServerFailure> check(KubernetesClient kubernetes, List<String> namespaces) {
    var one = new ListOptionsBuilder().withLimit(1L).build();
    var tasks = kubernetes.resources(AckTask.class);
    if (namespaces.isEmpty()) {
      tasks.inAnyNamespace().list(one);
      return Map.of();
    }
    Map<String, ApiServerFailure> refused = new TreeMap<>();
    for (String namespace : namespaces) {
      try {
        String version = tasks.inNamespace(namespace).list(one).getMetadata().getResourceVersion();
        if (!mayWatch(kubernetes, namespace, version)) {
          refused.put(namespace, ApiServerFailure.ofCode(HttpURLConnection.HTTP_FORBIDDEN));
        }
      } catch (KubernetesClientException failure) {
        if (failure.getCode() != HttpURLConnection.HTTP_FORBIDDEN || failure().isPresent()) {
          throw failure; // not a matter of this namespace, or not an answer of the API server
        }
        refused.put(namespace, ApiServerFailure.ofCode(failure.getCode()));
      }
    }
    if (refused.size() == Set.copyOf(namespaces).size()) {
      throw new IllegalStateException(
          ApiServerFailure.Kind.FORBIDDEN.cause()
              + " in every configured namespace ("
              + String.join(", ", refused.keySet())
              + "); check that they exist, and the operator's role in them.");
    }
    return refused;
  }

  /**
   * The right to list does not imply the right to watch. No answer in time is no refusal: the
   * informer opens its own watch, and repeats it until it is answered.
   */
  private static boolean mayWatch(KubernetesClient client, String namespace, String version) {
    URI list =
        URI.create(client.getMasterUrl().toString())
            .resolve("apis/" + HasMetadata.getApiVersion(AckTask.class) + "/namespaces/")
            .resolve(namespace + "/" + HasMetadata.getPlural(AckTask.class));
    return ShortWatch.permission(client.getHttpClient(), list, version, TIMEOUT).join()
        != ShortWatch.Outcome.FORBIDDEN;
  }
}
