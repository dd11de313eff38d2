package dev.acktask.operator.kubernetes;

import static dev.acktask.operator.text.ParsedAssertions.assertValid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.acktask.operator.StartupFailure;
import dev.acktask.operator.proxy.ConnectProxy;
import dev.acktask.operator.proxy.ProxyPolicy;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Kubernetes API through an HTTP proxy: lists, writes and watches. */
@EnableKubernetesMockClient(crud = true, https = true)
final class KubernetesProxyTest {
  // printf 'user:p@ss' | base64
  private static final String BASIC = "Basic dXNlcjpwQHNz";

  /** Generous, because the first TLS handshake is slow on a busy machine. */
  private static final int TIMEOUT_MILLIS = 60_000;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  KubernetesMockServer server;
  KubernetesClient direct;
  private ConnectProxy proxy;

  @BeforeEach
  void start() throws Exception {
    proxy = new ConnectProxy();
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    threads.shutdownNow();
  }

  @Test
  void shouldListAndWatchThroughAProxyThatAsksForCredentials() throws Exception {
    proxy.asking(BASIC);
    BlockingQueue<String> received = new ArrayBlockingQueue<>(10);
    try (KubernetesClient client = client("http://user:p%40ss@127.0.0.1:" + proxy.port(), "")) {
      assertEquals(List.of(), client.configMaps().inNamespace("ns").list().getItems());
      try (Watch watch = client.configMaps().inNamespace("ns").watch(new Names(received))) {
        assertNotNull(watch);
        direct.configMaps().inNamespace("ns").resource(configMap("one")).create();

        assertEquals("one", received.poll(60, TimeUnit.SECONDS));
      }
    }
    assertTrue(
        proxy.heads().stream().allMatch(head -> head.startsWith("CONNECT api.test:")),
        () -> proxy.heads().toString());
  }

  @Test
  void shouldFailWhenTheProxyAsksForCredentials() {
    proxy.asking(BASIC);
    try (KubernetesClient client = client("http://127.0.0.1:" + proxy.port(), "")) {
      KubernetesClientException refused =
          assertThrows(
              KubernetesClientException.class, () -> client.configMaps().inNamespace("ns").list());

      String message = StartupFailure.explain(refused);
      assertTrue(message.contains("proxies"), message);
    }
  }

  @Test
  void shouldInterpretNoProxyAsGoDoes() {
    for (String noProxy : List.of("*", "test", ".test", "*.test", " x , api.test", "api.test.")) {
      Config settings =
          KubernetesProxy.configure(server(), policy("http://p.test:1", noProxy)).build();

      assertNull(settings.getHttpsProxy(), noProxy);
    }
    Config settings = KubernetesProxy.configure(server(), policy("p.test", "i.test")).build();
    assertEquals("http://p.test:80", settings.getHttpsProxy());
  }

  @Test
  void shouldIgnoreProxySettingsThatTheClientDetected() {
    // given
    Config found =
        new ConfigBuilder(server())
            .withHttpsProxy("nonsense")
            .withHttpProxy("nonsense")
            .withNoProxy("[::1]", "*.test")
            .withProxyUsername("user")
            .withProxyPassword("password")
            .build();

    // when
    Config settings = KubernetesProxy.configure(found, ProxyPolicy.DIRECT).build();

    // then
    assertNull(settings.getHttpsProxy());
    assertNull(settings.getHttpProxy());
    assertNull(settings.getProxyUsername());
    assertNull(settings.getProxyPassword());
    String[] noProxy = settings.getNoProxy();
    assertEquals(0, noProxy == null ? 0 : noProxy.length);
  }

  /** Only the proxy can resolve these names. */
  private Config server() {
    return new ConfigBuilder(direct.getConfiguration())
        .withMasterUrl("https://api.test:" + server.getPort() + "/")
        .withTrustCerts(true)
        .withDisableHostnameVerification(true)
        .withRequestRetryBackoffLimit(0)
        .withConnectionTimeout(TIMEOUT_MILLIS)
        .withRequestTimeout(TIMEOUT_MILLIS)
        .build();
  }

  private KubernetesClient client(String url, String noProxy) {
    ProxyPolicy policy = policy(url, noProxy);
    return new KubernetesClientBuilder()
        .withConfig(KubernetesProxy.configure(server(), policy).withHttp2Disable(true).build())
        .withHttpClientFactory(KubernetesProxy.clients(policy, threads))
        .build();
  }

  private static ProxyPolicy policy(String url, String noProxy) {
    return assertValid(ProxyPolicy.parse(Map.of("HTTPS_PROXY", url, "NO_PROXY", noProxy)));
  }

  private static ConfigMap configMap(String name) {
    return new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().build();
  }

  private record Names(BlockingQueue<String> received) implements Watcher<ConfigMap> {
    @Override
    public void eventReceived(Action action, ConfigMap map) {
      received.add(map.getMetadata().getName());
    }

    @Override
    public void onClose(WatcherException cause) {
      received.add(String.valueOf(cause));
    }
  }
}
