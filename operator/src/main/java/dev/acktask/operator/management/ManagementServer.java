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
 * Serves a fixed set of pages on each of two ports, read-only: health for the kubelet, metrics for
 * Prometheus. Clients that send or read slowly hold a thread and a bounded buffer, and no longer
 * than {@link ConnectionLimits} allow; those of one port take nothing from the other.
 *
 * <p>Virtual threads have no time slices: while each processor works for one of them, no other one
 * runs. An urgent port therefore has platform threads of its own.
 *
 * <p>The JDK's own server does not allow that: it closes new connections beyond its limit, whoever
 * holds the others open, and has no limit per client.
 */
public final class ManagementServer implements AutoCloseable {
  /** A selector for each port and what they hand over; other pages are made on virtual threads. */
  private static final int THREADS = 6;

  /** A selector, and pages that are made at once and fit into the buffer of the socket. */
  private static final int URGENT_THREADS = 4;

  private static final byte[] REFUSED = "Bad request.\n".getBytes(StandardCharsets.US_ASCII);

  private final Server server;
  private final Map<String, BoundedConnector> ports = new LinkedHashMap<>();

  /**
   * One port.
   *
   * @param setting names it in errors
   * @param number 0 for any that is free
   * @param pages by path
   * @param isUrgent true when the pages must be answered however busy the virtual threads are; they
   *     are short, and wait for nothing
   */
  public record Port(
      String setting,
      int number,
      ConnectionLimits limits,
      Map<String, Page> pages,
      boolean isUrgent) {
    public Port {
      pages = Map.copyOf(pages);
    }
  }

  /**
   * Starts to listen.
   *
   * @param listened with different settings
   * @throws PortTakenException when a port cannot be listened on; then none is
   */
  public ManagementServer(Port... listened) throws PortTakenException {
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
    Map<BoundedConnector, Map<String, Page>> pages = new LinkedHashMap<>();
    for (Port port : listened) {
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
    server.setHandler(new PageHandler(pages));
    start(listened);
  }

  /** Where the port of that setting is listened on. */
  public int port(String setting) {
    return connector(setting).getLocalPort();
  }

  /** Connections that are open on the port of that setting. */
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

  private static QueuedThreadPool threads(String name, int most) {
    QueuedThreadPool threads = new QueuedThreadPool(most, 1);
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

  private void start(Port... listened) throws PortTakenException {
    for (Port port : listened) {
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

  /** A port cannot be listened on. */
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
