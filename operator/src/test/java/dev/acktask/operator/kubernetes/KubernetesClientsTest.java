package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import dev.acktask.operator.BusyCarriers;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(https = false)
final class KubernetesClientsTest {
  private static final String LEASE =
      "/apis/coordination.k8s.io/v1/namespaces/ns/leases/acktask-operator";

  private static final String EMPTY_LIST =
      """
      {"apiVersion": "acktask.dev/v1alpha1", "kind": "AckTaskList",
       "metadata": {"resourceVersion": "7"}, "items": []}
      """;

  KubernetesMockServer server;
  private Map<String, String> settings = Map.of();

  @BeforeEach
  void configure() {
    settings =
        Map.of(
            Config.KUBERNETES_MASTER_SYSTEM_PROPERTY, server.url("/"),
            Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY, "false",
            Config.KUBERNETES_AUTH_TRYSERVICEACCOUNT_SYSTEM_PROPERTY, "false");
    settings.forEach(System::setProperty);
  }

  @AfterEach
  void restore() {
    settings.keySet().forEach(System::clearProperty);
  }

  @Test
  void shouldRequestTheMetadataAloneWhenAStatusIsWritten() throws Exception {
    String status = "/apis/acktask.dev/v1alpha1/namespaces/shop/acktasks/a/status";
    server.expect().put().withPath(status).andReturn(200, "{}").once();

    try (KubernetesClient client = KubernetesClients.forHealthChecks()) {
      client.raw(status, "PUT", "{}");
    }

    assertEquals(MetadataOnlyAnswers.ACCEPT, server.getLastRequest().getHeader("Accept"));
  }

  /** A start that waits for the answer would last until the kubelet kills the process. */
  @Test
  @Tag("F92")
  void shouldStartWhenTheWatchOfANamespaceIsNotAnswered() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    HttpServer silent = answeringListsOnly(end);
    System.setProperty(
        Config.KUBERNETES_MASTER_SYSTEM_PROPERTY,
        "http://127.0.0.1:" + silent.getAddress().getPort());
    try (KubernetesClient client = KubernetesClients.forTokenReviews(Duration.ofMinutes(1))) {
      assertEquals(
          Map.of(),
          assertTimeoutPreemptively(
              Duration.ofMinutes(2),
              () -> KubernetesClients.findForbiddenNamespaces(client, List.of("ns"))));
    } finally {
      end.countDown();
      silent.stop(0);
    }
  }

  /** Does not answer a watch until {@code end}. */
  private static HttpServer answeringListsOnly(CountDownLatch end) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getQuery().contains("watch=true")) {
            await(end);
          }
          byte[] list = EMPTY_LIST.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, list.length);
          exchange.getResponseBody().write(list);
          exchange.close();
        });
    http.start();
    return http;
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void shouldReadTheLeaseWhileVirtualThreadsUseEveryProcessor() throws Exception {
    server.expect().get().withPath(LEASE).andReturn(200, new Lease()).always();
    try (KubernetesClient client = KubernetesClients.forLeaderElection(Duration.ofSeconds(60))) {
      var lease = client.leases().inNamespace("ns").withName("acktask-operator");
      BusyCarriers busy = new BusyCarriers();
      try {
        assertEquals(new Lease(), lease.get());
      } finally {
        busy.close();
      }
    }
  }
}
