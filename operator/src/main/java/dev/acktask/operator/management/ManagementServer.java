package dev.acktask.operator.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a fixed set of pages, read-only. The JDK's small server is enough: two clients, Prometheus
 * and the kubelet, read a handful of pages.
 */
public final class ManagementServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ManagementServer.class);

  /** As {@link HttpExchange#sendResponseHeaders} wants it said. */
  private static final int NO_BODY = -1;

  private static final int ANY_LENGTH = 0;
  private static final int BUFFER = 16 * 1024;

  private final HttpServer server;
  private final ExecutorService workers;
  private final Map<String, Page> pages;

  /** One page. */
  public interface Page {
    /**
     * Makes the page anew.
     *
     * @param accept what the client accepts, as it says; empty when it does not
     */
    Content get(String accept);
  }

  /** What is sent for a page. */
  public record Content(int status, String type, Body body) {
    /** A page of one line. */
    public static Content line(int status, String line) {
      byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
      return new Content(status, "text/plain; charset=utf-8", out -> out.write(text));
    }
  }

  /** Writes a page as it is sent, so that a large one is nowhere as a whole. */
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Bounds what a client can cost: connections, and the time for a request and for its answer. To
   * be called before the first server is made.
   */
  public static void bound() {
    System.setProperty("jdk.httpserver.maxConnections", "64");
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for any that is free
   * @param pages by path
   * @param workers few; what they cannot do at once waits
   * @throws IOException when the port is taken
   */
  public ManagementServer(int port, Map<String, Page> pages, ExecutorService workers)
      throws IOException {
    this.pages = Map.copyOf(pages);
    this.workers = workers;
    this.server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(workers);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      send(exchange, content(exchange));
    } catch (IOException gone) {
      log.debug("The client of the management server is gone", gone);
    }
  }

  private Content content(HttpExchange exchange) {
    Page page = pages.get(exchange.getRequestURI().getPath());
    if (page == null) {
      return Content.line(
          404, "There is: " + String.join(" ", pages.keySet().stream().sorted().toList()));
    }
    if (!exchange.getRequestMethod().equals("GET") && !exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Content.line(405, "Only GET and HEAD.");
    }
    try {
      return page.get(header(exchange, "Accept"));
    } catch (RuntimeException unexpected) {
      log.atError()
          .setCause(unexpected)
          .addKeyValue("path", exchange.getRequestURI().getPath())
          .log("A page could not be made");
      return Content.line(500, "The page could not be made; the log says why.");
    }
  }

  private static void send(HttpExchange exchange, Content content) throws IOException {
    boolean zipped = header(exchange, "Accept-Encoding").contains("gzip");
    if (zipped) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    }
    exchange.getResponseHeaders().set("Content-Type", content.type());
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(content.status(), NO_BODY);
      return;
    }
    exchange.sendResponseHeaders(content.status(), ANY_LENGTH);
    OutputStream sent = exchange.getResponseBody();
    try (OutputStream out = zipped ? new GZIPOutputStream(sent, BUFFER) : sent) {
      content.body().writeTo(out);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }
}
