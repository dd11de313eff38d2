package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class ApiServerMonitorTest {
  private static final String WATCH = "/apis/acktask.dev/v1alpha1/acktasks";
  private static final Optional<ApiServerFailure> CONNECTED = Optional.empty();
  private static final Optional<ApiServerFailure> REFUSED =
      Optional.of(new ApiServerFailure(ApiServerFailure.Kind.UNREACHABLE, "ConnectException"));
  private static final Optional<ApiServerFailure> PORTAL =
      ApiServerFailure.ofResponse(200, "text/html; charset=utf-8");

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(ApiServerMonitor.class);
  private long now;
  private final ApiServerMonitor monitor = new ApiServerMonitor(() -> now);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

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
  void shouldLogOnceWhenItIsOverAndOnceMoreWhenItComesBack() {
    fail(30);
    monitor.answered("", CONNECTED);
    pass(5);
    assertEquals(List.of("The Kubernetes API answers again"), texts(Level.INFO));
    fail(30);
    assertEquals(2, texts(Level.WARN).size());
  }

  @Test
  void shouldLogNothingWhenTheApiServerIsStartedAgain() {
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

  @Test
  void shouldSayHowLongAWatchHasHadNoAnswer() {
    monitor.requested("");
    monitor.requested(WATCH);
    pass(5);
    monitor.requested("/namespaces/a");
    pass(5);
    assertEquals(Duration.ofSeconds(10), monitor.unansweredWatch());
    monitor.answered(WATCH, CONNECTED);
    assertEquals(Duration.ofSeconds(5), monitor.unansweredWatch());
    monitor.answered("/namespaces/a", REFUSED);
    assertEquals(Duration.ZERO, monitor.unansweredWatch());
  }

  @Test
  void shouldLogWhenOnlyTheWatchFails() {
    for (int second = 0; second < 30; second += 5) {
      monitor.answered("", CONNECTED);
      monitor.answered(WATCH, ApiServerFailure.ofResponse(502, "text/html"));
      pass(5);
    }
    assertTrue(texts(Level.WARN).get(0).contains("HTTP 502"), texts(Level.WARN)::toString);
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

  @Test
  void shouldLogWhenAWatchIsNotAnswered() {
    monitor.requested(WATCH);
    pass(10);
    assertEquals(List.of(), lines.list);
    pass(10);
    assertTrue(
        texts(Level.WARN).get(0).contains("the watch of AckTasks is not answered"),
        texts(Level.WARN)::toString);
    monitor.answered(WATCH, CONNECTED);
    pass(5);
    assertEquals(1, texts(Level.INFO).size());
  }

  @Test
  void shouldLogOnceWhenAWatchIsClosedAgainAndAgain() {
    for (int second = 0; second < 60; second += 2) {
      monitor.requested(WATCH);
      monitor.answered(WATCH, CONNECTED);
      monitor.opened(WATCH);
      pass(2);
    }
    assertEquals(1, lines.list.size());
    assertTrue(texts(Level.WARN).get(0).contains("WebSockets"), texts(Level.WARN)::toString);
    pass(60);
    assertEquals(1, texts(Level.INFO).size());
  }

  @Test
  void shouldLogNothingWhenAWatchEndsAfterMinutesAsUsual() {
    for (int minute = 0; minute < 60; minute += 5) {
      monitor.requested(WATCH);
      monitor.answered(WATCH, CONNECTED);
      monitor.opened(WATCH);
      pass(300);
    }
    assertEquals(List.of(), lines.list);
  }

  /** The client calls the monitor for responses and for connection failures. */
  @Test
  void shouldObserveWhatAClientMeets() throws IOException {
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

  private void pass(int seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
    monitor.check();
  }

  private List<String> texts(Level level) {
    return lines.list.stream()
        .filter(line -> line.getLevel().equals(level))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
