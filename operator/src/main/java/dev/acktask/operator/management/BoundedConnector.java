package dev.acktask.operator.management;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A port that enforces {@link ConnectionLimits}. Jetty has only idle timeouts, which one byte per
 * second extends; the deadlines here are timers that close the connection.
 */
final class BoundedConnector extends ServerConnector {
  private static final int BUFFER = 8 * 1024;

  /** Kernel send buffer. A fixed size keeps it from growing for a slow reader. */
  private static final int SOCKET_BUFFER = 64 * 1024;

  /** Accept queue of the kernel; smaller than the limit of open connections. */
  private static final int BACKLOG = 64;

  private final ConnectionLimits limits;
  private final ConnectionEvictor<EndPoint> connections;
  private final Map<EndPoint, Scheduler.Task> deadlines = new ConcurrentHashMap<>();

  /**
   * @param threads threads of the port
   * @param port 0 for any free port
   */
  BoundedConnector(Server server, Executor threads, int port, ConnectionLimits limits) {
    super(server, threads, null, null, 0, 1, new HttpConnectionFactory(configuration()));
    this.limits = limits;
    this.connections = new ConnectionEvictor<>(limits.total(), limits.perAddress());
    setPort(port);
    setAcceptQueueSize(BACKLOG);
    setAcceptedSendBufferSize(SOCKET_BUFFER);
    setIdleTimeout(limits.head().plus(limits.whole()).toMillis());
  }

  /** Starts the response deadline; called when the request head is complete. */
  void startResponseDeadline(EndPoint endPoint) {
    connections.markRequestReceived(endPoint);
    closeAfter(endPoint, limits.whole());
  }

  /** Number of open connections. */
  int openConnections() {
    return connections.size();
  }

  @Override
  protected void onEndPointOpened(EndPoint endPoint) {
    super.onEndPointOpened(endPoint);
    closeAfter(endPoint, limits.head());
    connections.add(endPoint, address(endPoint)).forEach(EndPoint::close);
  }

  @Override
  protected void onEndPointClosed(EndPoint endPoint) {
    connections.remove(endPoint);
    Scheduler.Task deadline = deadlines.remove(endPoint);
    if (deadline != null) {
      deadline.cancel();
    }
    super.onEndPointClosed(endPoint);
  }

  private void closeAfter(EndPoint endPoint, Duration time) {
    Scheduler.Task task =
        getScheduler().schedule(endPoint::close, time.toMillis(), TimeUnit.MILLISECONDS);
    Scheduler.Task before = deadlines.put(endPoint, task);
    if (before != null) {
      before.cancel();
    }
    if (!endPoint.isOpen() && deadlines.remove(endPoint, task)) {
      task.cancel();
    }
  }

  private static String address(EndPoint endPoint) {
    SocketAddress remote = endPoint.getRemoteSocketAddress();
    return remote instanceof InetSocketAddress internet && internet.getAddress() != null
        ? internet.getAddress().getHostAddress()
        : "";
  }

  /** One request per connection, so that a deadline applies to the whole connection. */
  private static HttpConfiguration configuration() {
    HttpConfiguration http = new HttpConfiguration();
    http.setPersistentConnectionsEnabled(false);
    http.setRequestHeaderSize(BUFFER);
    http.setOutputBufferSize(BUFFER);
    http.setOutputAggregationSize(BUFFER);
    http.setSendServerVersion(false);
    http.setUseInputDirectByteBuffers(false);
    http.setUseOutputDirectByteBuffers(false);
    return http;
  }
}
