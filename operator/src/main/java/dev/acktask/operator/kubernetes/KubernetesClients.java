package dev.acktask.operator.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.acktask.operator.api.v1alpha1.AckConnection;
import dev.acktask.operator.api.v1alpha1.AckTask;
import dev.acktask.operator.api.v1alpha1.AckTaskDiscovery;
import dev.acktask.operator.api.v1alpha1.ClusterAckConnection;
import dev.acktask.operator.proxy.ProxyPolicy;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
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

/** Factory of the clients for the API server of the current kube context. */
public final class KubernetesClients {
  /** Request timeout. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int RETRIES = 3;

  /** Name of an interceptor of the client, which logs headers and bodies at trace. */
  private static final String HTTP_LOGGING = "HttpLogging";

  private static final ProxyPolicy PROXIES = ProxyPolicy.orDirect(System.getenv());

  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  /** The default pool would keep one platform thread for each concurrent request of a peak. */
  private static final HttpClient.Factory ON_VIRTUAL_THREADS =
      KubernetesProxy.clients(PROXIES, THREADS);

  /** Threads of the client for leader election, whose requests are sequential. */
  private static final int LEASE_THREADS = 3;

  /** Shared by all clients, because one cause affects all of them. */
  private static final ApiServerMonitor MONITOR = new ApiServerMonitor(System::nanoTime);

  private KubernetesClients() {}

  /** Current failure of the requests that are not watches. */
  public static Optional<ApiServerFailure> failure() {
    return MONITOR.failure();
  }

  /** How long the watch that has waited longest has had no answer; zero when each has one. */
  public static Duration unansweredWatch() {
    return MONITOR.unansweredWatch();
  }

  /** How the proxy refuses a connection to the API server; empty if it does not. May block. */
  public static Optional<String> proxyRefusal() {
    return KubernetesProxy.refusal(URI.create(Config.autoConfigure(null).getMasterUrl()), PROXIES);
  }

  /**
   * Skips the list of fields of each manager, which is most of the metadata of an object. The
   * operator reads only the managers and their times.
   */
  @JsonIgnoreProperties("fieldsV1")
  private interface WithoutFields {}

  /** Client for token reviews: without retries. */
  public static KubernetesClient forTokenReviews(Duration timeout) {
    return client(timeout, 0, new ObjectMapper(), ON_VIRTUAL_THREADS);
  }

  /**
   * Client for the Lease: without retries and on separate platform threads. Virtual threads do not
   * run while tasks use every CPU, and a leader that cannot renew in time exits.
   */
  public static KubernetesClient forLeaderElection(Duration timeout) {
    Executor threads =
        Executors.newFixedThreadPool(
            LEASE_THREADS, Thread.ofPlatform().daemon().name("lease-http-", 1).factory());
    return client(timeout, 0, new ObjectMapper(), KubernetesProxy.clients(PROXIES, threads));
  }

  /**
   * Builds the general-purpose client on a separate thread, which also runs the dependent stages.
   * Starts the monitor of the API server.
   */
  public static CompletableFuture<KubernetesClient> connectAsync() {
    KubernetesProxy.allowBasic();
    MONITOR.start(
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("api-server-monitor").factory()));
    return CompletableFuture.supplyAsync(
        () -> client(TIMEOUT, RETRIES, pruning()),
        task -> Thread.ofPlatform().daemon().name("kubernetes-connect").start(task));
  }

  /** Client for the informers: prunes objects before they enter the cache. */
  public static KubernetesClient forInformers() {
    return client(TIMEOUT, RETRIES, pruning().registerModule(new CachePruningModule()));
  }

  /** Client for the comparison of the informer cache with the API server: without retries. */
  public static KubernetesClient forHealthChecks() {
    return client(TIMEOUT, 0, pruning());
  }

  /**
   * Client for Secrets and for tokens of ServiceAccounts: without retries, which its callers make
   * at their rate.
   */
  public static KubernetesClient forIdentities() {
    return client(TIMEOUT, 0, pruning());
  }

  /** Client for {@link NamespaceWatch}: the API server answers with metadata only. */
  public static KubernetesClient forNamespaces() {
    KubernetesSerialization json = serialization(new ObjectMapper());
    json.registerKubernetesResource(
        MetadataOnlyAnswers.API_VERSION, MetadataOnlyAnswers.KIND, Namespace.class);
    return client(TIMEOUT, RETRIES, json, ON_VIRTUAL_THREADS);
  }

  /**
   * Drops unused metadata, because users control its size. Not for the client of the Lease, which
   * writes back the metadata that it read.
   */
  private static ObjectMapper pruning() {
    return new ObjectMapper().registerModule(new MetadataPruningModule());
  }

  private static KubernetesClient client(Duration timeout, int retries, ObjectMapper json) {
    return client(timeout, retries, json, ON_VIRTUAL_THREADS);
  }

  private static KubernetesClient client(
      Duration timeout, int retries, ObjectMapper json, HttpClient.Factory factory) {
    return client(timeout, retries, serialization(json), factory);
  }

  private static KubernetesClient client(
      Duration timeout, int retries, KubernetesSerialization json, HttpClient.Factory factory) {
    Config settings =
        KubernetesProxy.configure(Config.autoConfigure(null), PROXIES)
            .withRequestTimeout((int) timeout.toMillis())
            .withConnectionTimeout((int) timeout.toMillis())
            .withRequestRetryBackoffLimit(retries)
            // With HTTP/2 all requests would share one connection and fail together with it.
            .withHttp2Disable(true)
            .withUserAgent(FieldManagers.OPERATOR)
            .build();
    return new KubernetesClientBuilder()
        .withHttpClientBuilderConsumer(
            http ->
                http.addOrReplaceInterceptor(HTTP_LOGGING, null)
                    .addOrReplaceInterceptor("api-server-monitor", MONITOR)
                    .addOrReplaceInterceptor(MetadataOnlyAnswers.NAME, new MetadataOnlyAnswers()))
        .withConfig(settings)
        .withHttpClientFactory(
            new PagedHttpClientFactory(factory, Runtime.getRuntime().maxMemory()))
        .withKubernetesSerialization(json)
        .build();
  }

  /** Registers only the types in use; a search for all types would load a thousand classes. */
  private static KubernetesSerialization serialization(ObjectMapper json) {
    json.addMixIn(ManagedFieldsEntry.class, WithoutFields.class);
    KubernetesSerialization serialization = new KubernetesSerialization(json, false);
    serialization.registerKubernetesResource(AckTask.class);
    serialization.registerKubernetesResource(AckTaskDiscovery.class);
    serialization.registerKubernetesResource(AckConnection.class);
    serialization.registerKubernetesResource(ClusterAckConnection.class);
    serialization.registerKubernetesResource(Secret.class);
    serialization.registerKubernetesResource(TokenRequest.class);
    serialization.registerKubernetesResource(Status.class); // error responses
    return serialization;
  }

  /**
   * Checks the rights before the framework starts, which would report a failure in a hundred lines.
   * The requests have no label selector: RBAC ignores it, and the API server would search all
   * objects for one that matches.
   *
   * @param namespaces empty means all
   * @return the namespaces that the API server forbids to list or to watch, with the cause
   * @throws IllegalStateException if it forbids all of them
   */
  public static Map<String, ApiServerFailure> findForbiddenNamespaces(
      KubernetesClient kubernetes, List<String> namespaces) {
    var one = new ListOptionsBuilder().withLimit(1L).build();
    var tasks = kubernetes.resources(AckTask.class);
    if (namespaces.isEmpty()) {
      tasks.inAnyNamespace().list(one);
      return Map.of();
    }
    Map<String, ApiServerFailure> forbidden = new TreeMap<>();
    for (String namespace : namespaces) {
      try {
        String version = tasks.inNamespace(namespace).list(one).getMetadata().getResourceVersion();
        if (!mayWatch(kubernetes, namespace, version)) {
          forbidden.put(namespace, ApiServerFailure.ofCode(HttpURLConnection.HTTP_FORBIDDEN));
        }
      } catch (KubernetesClientException failure) {
        if (failure.getCode() != HttpURLConnection.HTTP_FORBIDDEN || failure().isPresent()) {
          throw failure; // not specific to this namespace, or not sent by the API server
        }
        forbidden.put(namespace, ApiServerFailure.ofCode(failure.getCode()));
      }
    }
    if (forbidden.size() == Set.copyOf(namespaces).size()) {
      throw new IllegalStateException(
          ApiServerFailure.Kind.FORBIDDEN.cause()
              + " in every configured namespace ("
              + String.join(", ", forbidden.keySet())
              + "); check that they exist, and the operator's role in them.");
    }
    return forbidden;
  }

  /**
   * The right to list does not imply the right to watch. No answer in time is no refusal: the
   * informer opens its own watch, and repeats it until it is answered.
   */
  private static boolean mayWatch(KubernetesClient client, String namespace, String version) {
    ResourceCollection list = ResourceCollection.in(namespace, client, AckTask.class, "");
    return ShortWatch.permission(client.getHttpClient(), list, version, TIMEOUT).join()
        != ShortWatch.Outcome.FORBIDDEN;
  }
}
