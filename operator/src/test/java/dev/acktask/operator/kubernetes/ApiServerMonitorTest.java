package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ApiServerMonitorTest extends ApiServerMonitorTestCase {
  private static final Optional<ApiServerFailure> PORTAL =
      ApiServerFailure.ofResponse(200, "text/html; charset=utf-8");

  @Test
  void shouldLogOneLineWithinThirtySecondsWhenSomethingElseAnswers() {
    for (int second = 0; second < 600; second += 5) {
      monitor.answered("", PORTAL);
      pass(5);
      if (second == 25) {
        assertEquals(1, lines.list.size());
      }
    }
    assertEquals(
        List.of(
            "No contact with the Kubernetes API: something else answers in place of the API server"
                + " (HTTP 200, text/html); check the server address of the kube context,"
                + " HTTPS_PROXY and NO_PROXY, and gateways, captive portals and service meshes in"
                + " between"),
        texts(Level.WARN));
  }

  @Test
  void shouldLogTheRecoveryOnceAndTheNextFailureOnce() {
    fail(30);
    monitor.answered("", CONNECTED);
    pass(5);
    assertEquals(List.of("The Kubernetes API answers again"), texts(Level.INFO));
    fail(30);
    assertEquals(2, texts(Level.WARN).size());
  }

  @Test
  void shouldLogNothingWhenTheApiServerRestarts() {
    monitor.answered("", CONNECTED);
    fail(5);
    monitor.answered("", CONNECTED);
    pass(60);
    assertEquals(List.of(), lines.list);
  }

  @Test
  void shouldLogOneLineWhenAllWatchesFailForOneCause() {
    for (int second = 0; second < 60; second += 5) {
      monitor.answered("", REFUSED);
      for (int namespace = 0; namespace < 20; namespace++) {
        monitor.answered("/namespaces/" + namespace, REFUSED);
      }
      pass(5);
    }
    assertEquals(1, lines.list.size());
  }

  /**
   * The client does not report failures of requests without retries, such as those for the Lease.
   */
  @Test
  void shouldLogWhenNoRequestIsAnswered() {
    for (int second = 0; second < 60; second += 5) {
      monitor.requested("");
      pass(5);
    }
    assertEquals(1, lines.list.size());
    assertTrue(
        texts(Level.WARN).get(0).contains("the API server cannot be reached"),
        texts(Level.WARN)::toString);
  }

  @Test
  void shouldLogNothingWhenOneRequestIsNotAnswered() {
    monitor.requested("");
    pass(30);
    assertEquals(List.of(), lines.list);
  }

  /** The client calls the monitor for responses and for connection failures. */
  @Test
  void shouldObserveTheResponsesAndFailuresOfAClient() throws IOException {
    HttpServer portal =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    portal.createContext(
        "/",
        exchange -> {
          byte[] page = "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    portal.start();
    try (KubernetesClient client = client(portal.getAddress().getPort())) {
      KubernetesClientException failure = list(client);
      assertEquals(ApiServerFailure.Kind.REPLACED, ApiServerFailure.of(failure).kind());
      pass(10);
      assertTrue(texts(Level.WARN).get(0).contains("text/html"), texts(Level.WARN)::toString);
      portal.stop(0);
      list(client);
      pass(10);
      assertTrue(
          texts(Level.WARN).get(1).contains("the API server cannot be reached"),
          texts(Level.WARN)::toString);
    } finally {
      portal.stop(0);
    }
  }

  private static KubernetesClientException list(KubernetesClient client) {
    return assertThrows(
        KubernetesClientException.class, () -> client.configMaps().inAnyNamespace().list());
  }

  private KubernetesClient client(int port) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + port)
                .withRequestRetryBackoffLimit(1)
                .withRequestRetryBackoffInterval(1)
                .build())
        .withHttpClientBuilderConsumer(
            builder -> builder.addOrReplaceInterceptor("monitor", monitor))
        .build();
  }

  private void fail(int seconds) {
    for (int second = 0; second < seconds; second += 5) {
      monitor.answered("", REFUSED);
      pass(5);
    }
  }
}
