package dev.acktask.operator.management;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Read-only HTTP server with a fixed set of pages per port: health for the kubelet, metrics for
 * Prometheus. A slow client holds one thread and a bounded buffer, for at most the time in {@link
 * ConnectionLimits}. The ports do not share these resources.
 *
 * <p>Virtual threads have no time slices: while each CPU runs one of them, no other one runs. An
 * urgent port therefore has separate platform threads.
 *
 * <p>The HTTP server of the JDK is not sufficient: beyond its limit it closes new connections, and
 * it has no limit per client.
 */
public final class ManagementServer implements AutoCloseable {
  /** One selector per port and its handover threads; pages are rendered on virtual threads. */
  private static final int THREADS = 6;

  /** One selector, and pages that are rendered at once and fit into the socket buffer. */
  private static final int URGENT_THREADS = 4;

  private static final byte[] REFUSED = "Bad request.\n".getBytes(StandardCharsets.US_ASCII);

  private final Server server;
  private final Map<String, BoundedConnector> ports = new LinkedHashMap<>();

  /**
   * One port.
   *
   * @param setting name of the setting, for error messages
   * @param number 0 for any free port
   * @param pages pages by path
   * @param isUrgent true if the pages must be served even while the virtual threads are busy; such
   *     pages are short and never block
   */
  public record Port(
      String setting,
      int number,
      ConnectionLimits limits,
      Map<String, HttpHandler> pages,
      boolean isUrgent) {
    public Port {
      pages = Map.copyOf(pages);
    }
  }

  /**
   * Starts the server.
   *
   * @param configured ports with different settings
   * @throws PortTakenException if a port cannot be opened; then no port is open
   */
  public ManagementServer(Port... configured) throws PortTakenException {
    QueuedThreadPool threads = threads("management", THREADS);
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("page-", 1).factory()));
    server =
        new Server(
            threads,
            new ScheduledExecutorScheduler("management-deadlines", true, 1),
            new ByteBufferPool.NonPooling());
    server.setStopTimeout(0);
    server.setErrorHandler(
        (request, response, callback) -> {
          response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
          response.write(true, ByteBuffer.wrap(REFUSED), callback);
          return true;
        });
    Map<BoundedConnector, Map<String, HttpHandler>> pages = new LinkedHashMap<>();
    for (Port port : configured) {
      BoundedConnector connector =
          new BoundedConnector(
              server,
              port.isUrgent() ? threads("health", URGENT_THREADS) : threads,
              port.number(),
              port.limits());
      ports.put(port.setting(), connector);
      pages.put(connector, port.pages());
      server.addConnector(connector);
    }
    server.setHandler(new Router(pages));
    start(configured);
  }

  /** The actual port number for {@code setting}. */
  public int port(String setting) {
    return connector(setting).getLocalPort();
  }

  /** Number of open connections on the port of {@code setting}. */
  int openConnections(String setting) {
    return connector(setting).openConnections();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception unexpected) { // as it is declared
      throw new IllegalStateException("The management server does not stop", unexpected);
    }
  }

  private static QueuedThreadPool threads(String name, int maxThreads) {
    QueuedThreadPool threads = new QueuedThreadPool(maxThreads, 1);
    threads.setName(name);
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    return threads;
  }

  private BoundedConnector connector(String setting) {
    BoundedConnector connector = ports.get(setting);
    if (connector == null) {
      throw new IllegalArgumentException("No port of " + setting);
    }
    return connector;
  }

  private void start(Port... configured) throws PortTakenException {
    for (Port port : configured) {
      try {
        connector(port.setting()).open();
      } catch (IOException taken) {
        ports.values().forEach(BoundedConnector::close);
        throw new PortTakenException(port, taken);
      }
    }
    try {
      server.start();
    } catch (Exception unexpected) { // as it is declared
      throw new IllegalStateException("The management server does not start", unexpected);
    }
  }

  /** A port cannot be opened. */
  public static final class PortTakenException extends IOException {
    private static final long serialVersionUID = 1L;

    PortTakenException(Port port, IOException cause) {
      super(
          port.setting()
              + " "
              + port.number()
              + " cannot be listened on ("
              + (cause.getCause() == null ? cause : cause.getCause()).getMessage()
              + "); choose another one.",
          cause);
    }
  }
}
