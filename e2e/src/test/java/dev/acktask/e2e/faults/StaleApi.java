package dev.acktask.e2e.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.acktask.e2e.cluster.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An API server that answers reads of AckTasks with an old state once {@link #freeze} was called,
 * and whose watch sends nothing. Writes reach the real API server, like the leader of etcd.
 */
final class StaleApi implements AutoCloseable {
  private final URI real;
  private final HttpClient client;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, String> remembered = new ConcurrentHashMap<>();
  private final AtomicInteger conflicts = new AtomicInteger();
  private volatile boolean isStale;

  StaleApi(ControlPlane controlPlane) {
    this.real = controlPlane.server();
    this.client = HttpClient.newBuilder().sslContext(controlPlane.authority().trusting()).build();
    try {
      this.server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setHttpsConfigurator(
        new HttpsConfigurator(controlPlane.authority().issueServer("stale-api").serving()));
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on reads get their last answer again. */
  void freeze() {
    isStale = true;
  }

  void catchUp() {
    isStale = false;
  }

  /** Number of writes that the real server refused because of their resourceVersion. */
  int conflicts() {
    return conflicts.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestURI().toString();
      if (target.contains("watch=true")) {
        answerWatch(exchange);
        return;
      }
      boolean isRead = exchange.getRequestMethod().equals("GET");
      String path = exchange.getRequestURI().getPath();
      String old = remembered.get(path);
      if (isRead && isStale && old != null) {
        respond(exchange, 200, old);
        return;
      }
      HttpResponse<String> answer = forward(exchange, target);
      if (isRead && !isStale && answer.statusCode() == 200) {
        remembered.put(path, answer.body());
      }
      conflicts.addAndGet(answer.statusCode() == 409 ? 1 : 0);
      respond(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** No WebSocket; over plain HTTP the watch opens and stays silent. */
  private void answerWatch(HttpExchange exchange) throws IOException, InterruptedException {
    if (exchange.getRequestHeaders().containsKey("Upgrade")) {
      respond(exchange, 503, "{}");
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    new CountDownLatch(1).await();
  }

  private HttpResponse<String> forward(HttpExchange exchange, String target)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(real.resolve(target))
            .method(
                exchange.getRequestMethod(),
                BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name : new String[] {"Authorization", "Content-Type", "Accept", "User-Agent"}) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static void respond(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
