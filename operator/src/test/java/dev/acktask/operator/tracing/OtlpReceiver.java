package dev.acktask.operator.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A collector that stores the spans received over OTLP/HTTP. */
public final class OtlpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private volatile int code = 200;
  private volatile boolean silent;

  public OtlpReceiver() throws IOException {
    this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  /** A collector with TLS. */
  OtlpReceiver(SSLContext tls) throws IOException {
    this(encrypted(tls));
  }

  private OtlpReceiver(HttpServer server) {
    this.server = server;
    server.createContext("/", this::receive);
    server.setExecutor(workers);
    server.start();
  }

  private static HttpServer encrypted(SSLContext tls) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  public String endpoint() {
    return (server instanceof HttpsServer ? "https" : "http")
        + "://127.0.0.1:"
        + server.getAddress().getPort();
  }

  /** All received spans, in order of arrival. */
  public List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (ResourceSpans resource : resources()) {
      resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
    }
    return spans;
  }

  List<ResourceSpans> resources() {
    return requests.stream().flatMap(request -> request.getResourceSpansList().stream()).toList();
  }

  /** The path of each request. */
  List<String> paths() {
    return List.copyOf(paths);
  }

  /** The {@code api-key} header of each request. */
  List<String> keys() {
    return List.copyOf(keys);
  }

  /** Sets the status code of all further responses. */
  void refuse(int refusal) {
    code = refusal;
  }

  /** Stops responding. */
  void fallSilent() {
    silent = true;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    workers.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      paths.add(exchange.getRequestURI().getPath());
      String key = exchange.getRequestHeaders().getFirst("api-key");
      keys.add(key == null ? "" : key);
      requests.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
      if (silent) {
        closed.await();
      }
      exchange.sendResponseHeaders(code, -1);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
