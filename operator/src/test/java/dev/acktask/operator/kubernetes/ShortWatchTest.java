package dev.acktask.operator.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.acktask.operator.kubernetes.ShortWatch.Outcome;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ShortWatchTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String EVENT = "{\"type\": \"ADDED\", \"object\": {}}\n";

  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;
  private KubernetesClient client;
  private volatile int code = 200;
  private volatile String type = "application/json";
  private volatile String body = "";
  private volatile boolean isHeld;
  private volatile String query = "";
  private String selector = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          query = exchange.getRequestURI().getRawQuery();
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.sendResponseHeaders(code, 0);
          exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          if (isHeld) {
            await();
          }
          exchange.close();
        });
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .build())
            .build();
  }

  @AfterEach
  void stop() {
    end.countDown();
    client.close();
    server.stop(0);
  }

  @Test
  void shouldReportNoChangeWhenTheWatchEndsWithoutAnEvent() {
    assertEquals(Outcome.UNCHANGED, changes(TIMEOUT));
    assertEquals("watch=true&timeoutSeconds=1&resourceVersion=7", query);
  }

  @Test
  void shouldWatchOnlyTheSelectedObjects() {
    selector = "acktask.dev/shard in (a, b)";
    assertEquals(Outcome.UNCHANGED, changes(TIMEOUT));
    assertEquals(
        "watch=true&timeoutSeconds=1&resourceVersion=7&labelSelector="
            + "acktask.dev%2Fshard+in+%28a%2C+b%29",
        query);
  }

  @Test
  void shouldNotWaitForTheEndAfterTheFirstEvent() {
    body = EVENT;
    isHeld = true;
    assertEquals(Outcome.CHANGED, changes(TIMEOUT));
  }

  @Test
  @Tag("F71")
  void shouldReportThatWatchingIsForbidden() {
    code = 403;
    body = "{\"kind\": \"Status\"}";
    assertEquals(Outcome.FORBIDDEN, changes(TIMEOUT));
    assertEquals(Outcome.FORBIDDEN, permission());
  }

  @Test
  void shouldReportPermissionWithoutWaitingForTheEnd() {
    isHeld = true;
    assertEquals(Outcome.PERMITTED, permission());
  }

  @Test
  void shouldBeUnknownWhenTheVersionIsTooOldOrSomethingElseAnswers() {
    assertEquals(Outcome.UNKNOWN, changesWhenAnswered(410, "application/json"));
    assertEquals(Outcome.UNKNOWN, changesWhenAnswered(403, "text/html"));
    assertEquals(Outcome.UNKNOWN, changesWhenAnswered(200, "text/html"));
  }

  @Test
  void shouldBeUnknownWhenTheWatchDoesNotEnd() {
    isHeld = true;
    assertEquals(Outcome.UNKNOWN, changes(Duration.ofMillis(200)));
  }

  @Test
  void shouldBeUnknownWithoutAResponse() {
    server.stop(0);
    assertEquals(Outcome.UNKNOWN, changes(TIMEOUT));
  }

  /** The monitor counts the watches of the informer, which last for minutes. */
  @Test
  void shouldDistinguishShortWatchesFromOthers() {
    assertTrue(ShortWatch.is(URI.create("/tasks?watch=true&timeoutSeconds=1&resourceVersion=7")));
    assertFalse(ShortWatch.is(URI.create("/tasks?timeoutSeconds=10&watch=true")));
    assertFalse(ShortWatch.is(URI.create("/tasks")));
  }

  private Outcome changesWhenAnswered(int answerCode, String answerType) {
    code = answerCode;
    type = answerType;
    return changes(TIMEOUT);
  }

  private Outcome changes(Duration timeout) {
    return ShortWatch.changes(client.getHttpClient(), list(), "7", timeout).join();
  }

  private Outcome permission() {
    return ShortWatch.permission(client.getHttpClient(), list(), "7", TIMEOUT).join();
  }

  private ResourceCollection list() {
    URI path = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tasks");
    return new ResourceCollection(path, selector);
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
