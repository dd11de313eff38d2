package dev.acktask.operator.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A minimal API server for the start of the operator: pages of AckTasks, a watch, and status
 * writes. It serves no connections and no gates. Objects are generated while they are sent, so that
 * they may exceed the heap.
 */
final class FakeApiServer implements AutoCloseable {
  private static final Pattern LIMIT = Pattern.compile("[?&]limit=([0-9]+)");
  private static final Pattern CONTINUE = Pattern.compile("[?&]continue=([0-9]+)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final int count;
  private final IntFunction<String> objects;
  private final Queue<Integer> limits = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>(1);
  private final BlockingQueue<String> statuses = new LinkedBlockingQueue<>();
  private final AtomicInteger sending = new AtomicInteger();
  private final AtomicInteger maxSending = new AtomicInteger();
  private volatile Runnable beforePage = () -> {};

  /**
   * @param count number of objects
   * @param objects JSON of each object by its number
   */
  FakeApiServer(int count, IntFunction<String> objects) throws IOException {
    this.count = count;
    this.objects = objects;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** A suspended task, for which the operator calls no cloud, with additional metadata. */
  static String task(int number, int generation, String metadata) {
    return """
    {"apiVersion": "acktask.dev/v1alpha1", "kind": "AckTask",
     "metadata": {"namespace": "shop", "name": "t%1$d", "uid": "u%1$d", "generation": %2$d,
       "resourceVersion": "%3$d", "creationTimestamp": "2026-01-02T03:04:05Z"%4$s},
     "spec": {"taskId": "T-%1$d", "suspend": true},
     "status": {"observedGeneration": -1, "phase": "Pending"}}
    """
        .formatted(number, generation, 1000 + number + generation, metadata);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The limits of all requested pages. */
  List<Integer> limits() {
    return List.copyOf(limits);
  }

  /** Maximum number of pages sent concurrently. */
  int maxConcurrentPages() {
    return maxSending.get();
  }

  void beforeEachPage(Runnable meanwhile) {
    beforePage = meanwhile;
  }

  /** Sends an object to the watch; false if the previous one was not consumed within one second. */
  boolean modify(String object) throws InterruptedException {
    String event = "{\"type\": \"MODIFIED\", \"object\": " + object.replace("\n", " ") + "}\n";
    return events.offer(event, 1, TimeUnit.SECONDS);
  }

  /** Queue of the written statuses, in order. */
  BlockingQueue<String> statuses() {
    return statuses;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = String.valueOf(exchange.getRequestURI().getQuery());
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (exchange.getRequestMethod()) {
        case "PUT" -> {
          statuses.add(body);
          send(exchange, 200, body);
        }
        case "POST" -> send(exchange, 201, body);
        default -> {
          if (exchange.getRequestURI().getPath().matches(".*(connections|gates)")) {
            send(exchange, 404, "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": 404}");
          } else if (!query.contains("watch=true")) {
            page(exchange, "?" + query);
          } else if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            send(exchange, 503, "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"code\": 503}");
          } else {
            watch(exchange);
          }
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void page(HttpExchange exchange, String query) throws IOException {
    Integer limit = number(LIMIT, query);
    Integer from = number(CONTINUE, query);
    limits.add(limit == null ? 0 : limit);
    int begin = from == null ? 0 : from;
    int end = limit == null ? count : Math.min(count, begin + limit);
    maxSending.accumulateAndGet(sending.incrementAndGet(), Math::max);
    beforePage.run();
    String accept = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
    boolean metadata = accept.contains("PartialObjectMetadataList");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      write(
          out,
          """
          {"apiVersion": "%s", "kind": "%s", "metadata": {"resourceVersion": "9999"%s}, "items": [
          """
              .formatted(
                  metadata ? "meta.k8s.io/v1" : "acktask.dev/v1alpha1",
                  metadata ? "PartialObjectMetadataList" : "AckTaskList",
                  end < count ? ", \"continue\": \"" + end + "\"" : ""));
      for (int i = begin; i < end; i++) {
        write(out, (i == begin ? "" : ",") + objects.apply(i));
      }
      write(out, "]}");
    } finally {
      sending.decrementAndGet();
    }
  }

  private void watch(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.flush();
    while (true) {
      write(out, events.take());
      out.flush();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable Integer number(Pattern parameter, String query) {
    Matcher matcher = parameter.matcher(query);
    return matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
  }

  private static void send(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
